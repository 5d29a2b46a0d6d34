/*
 * How to go on without seeing a value, in the words that refusals give to agents.
 */

/**
 * The line that starts a program with a secret which nobody sees. `program` is what starts Chaperone's own command line,
 * absolute where that is known; the source may be empty, where the name alone finds it.
 */
export function runWith(name: string, source: string, program: string): string {
  return `${quoted(program)} run --with ${quoted(source ? `${name}=${source}` : name)} -- COMMAND`;
}

/** The line that prints a file with every credential in it masked, and an env file as the names of its variables. */
export function readMasked(file: string, program: string): string {
  return `${quoted(program)} read ${quoted(file)}`;
}

/** As a POSIX shell and PowerShell take it; nothing around what needs nothing. */
function quoted(text: string): string {
  return /^[\w@%+=:,./\\#-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
