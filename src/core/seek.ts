/**
 * What a search looks for when it looks for credentials: a name or a beginning that only credentials have, or several
 * of the words for them. `token` or `password` alone is ordinary source code, and is not among them.
 */
export function soughtBy(query: string): string | undefined {
  return credentialName.test(query) || credentialBeginning.test(query) || hunts(query)
    ? 'credentials'
    : undefined;
}

/** What narrows a whole environment, or everything on a disk, to credentials: there a single word is enough. */
export function soughtAmong(query: string): string | undefined {
  return credentialWord.test(query) || credentialOwner.test(query) ? 'credentials' : soughtBy(query);
}

/** Whether a name or a pattern of names is one that files with credentials have: `id_rsa`, `*.pem`. */
export function namesCredentials(pattern: string): boolean {
  return credentialFile.test(pattern.replace(/\\/g, ''));
}

/** As names of variables that hold credentials end. */
export const secretName =
  /(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|SIGNING_?KEY|ENCRYPTION_?KEY|MASTER_?KEY|SERVICE_?KEY|CREDENTIALS?|_PASS|_PAT|DATABASE_URL|DB_URL|CONNECTION_?STRING|_DSN)$/i;

/** Two different words for a credential, one or the other: `password|secret`. */
function hunts(query: string): boolean {
  if (!query.includes('|') && !/[\n\\]/.test(query)) return false;
  const words = query
    .slice(0, 4_096)
    .split(/\\?\||\n/)
    .filter(part => credentialWord.test(part));
  return new Set(words).size > 1;
}

const credentialName =
  /(?:api|secret|access|auth|private|account|deploy|bearer|service[_-]?role|railway|github|gitlab|aws|stripe|openai|anthropic|npm|slack|vercel|netlify|supabase|db|database|admin|root)[^a-z0-9]{0,3}(?:\.\*)?[^a-z0-9]{0,2}(?:tokens?|keys?|secrets?|passwords?|passwd|pass|credentials?)|(?:client|app)[_-]?secret|aws_secret|BEGIN[^a-z]{0,4}(?:RSA|EC|OPENSSH|PRIVATE)/i;
const credentialBeginning =
  /AKIA|ASIA[0-9A-Z[]|gh[pousr]_|github_pat_|glpat-|xox[abpr]-|sk_live|rk_live|sk-ant|AIza|eyJ[a-z0-9]/i;
const credentialWord =
  /token|secret|passw|passphrase|pass$|_pass|api.?key|_key|key$|^key|credential|private.?key|auth$|^auth|_auth|bearer/i;
const credentialOwner =
  /^\^?(?:aws|gcp|azure|github|gitlab|npm|stripe|openai|anthropic|slack|railway|vercel|netlify|supabase|database_url|db_|pg|twilio|sendgrid|heroku|cloudflare|docker)_?$/i;
const credentialFile =
  /(?:^|[/.*_-])(?:id_(?:rsa|dsa|ecdsa|ed25519)|kubeconfig|wallet\.dat|credentials?|secrets?|passwords?|api.?keys?)|\.(?:env|pem|key|p12|pfx|ppk|kdbx?|jks|keystore|npmrc|netrc|pgpass|my\.cnf|git-credentials|htpasswd|tfstate|tfvars|ovpn|aws|ssh|gnupg)(?:$|[*/$.])|^(?:shadow|keychain|login data|cookies)/i;
