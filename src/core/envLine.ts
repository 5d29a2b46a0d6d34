import { variablesIn } from './envFile.ts';

/**
 * An env file with one more variable at its end. Nothing where it has one of this name: what somebody relies on is not
 * written over, nor added to.
 */
export function withVariable(text: string, name: string, value: string): string | undefined {
  if (variablesIn(text).some(it => it.name === name)) return undefined;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? text : text + end;
  return `${before}${name}=${written(value)}${end}`;
}

/** The name a secret may have by what it was called where it stood, else by its kind: `apiKey` is `API_KEY`. */
export function variableName(called: string, kind: string): string {
  const words = (it: string) =>
    it
      .replace(/([a-z\d])([A-Z])/g, '$1_$2')
      .replace(/[^A-Za-z\d]+/g, '_')
      .replace(/^_+|(?<!_)_+$/g, '')
      .toUpperCase()
      .slice(0, longest);
  const name = words(called) || words(kind) || 'SECRET';
  return /^\d/.test(name) ? `SECRET_${name}` : name;
}

/** Whether a program can have a variable of this name. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_]\w{0,127}$/.test(name);
}

const longest = 60;

/** As shells and dotenv read it alike, as far as they do. */
function written(value: string): string {
  if (/^[\w./:@%+,=-]+$/.test(value)) return value;
  if (!/['\\\n\r]/.test(value)) return `'${value}'`;
  const escaped = value
    .replace(/["\\$`]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return `"${escaped}"`;
}
