/**
 * What a search looks for when it looks for credentials: a name or a beginning that only credentials have.
 * `token` or `password` alone is ordinary source code, and is not among them.
 */
export function soughtBy(query: string): string | undefined {
  return credentialName.test(query) || credentialBeginning.test(query) ? 'credentials' : undefined;
}

const credentialName =
  /(?:api|secret|access|auth|private|account|deploy|bearer|service[_-]?role|railway|github|gitlab|aws|stripe|openai|anthropic|npm|slack|vercel|netlify|supabase|db|database|admin|root)[^a-z0-9]{0,3}(?:\.\*)?[^a-z0-9]{0,2}(?:tokens?|keys?|secrets?|passwords?|passwd|pass|credentials?)|(?:client|app)[_-]?secret|aws_secret|BEGIN[^a-z]{0,4}(?:RSA|EC|OPENSSH|PRIVATE)/i;
const credentialBeginning =
  /AKIA|ASIA[0-9A-Z[]|gh[pousr]_|github_pat_|glpat-|xox[abpr]-|sk_live|rk_live|sk-ant|AIza|eyJ[a-z0-9]/i;
