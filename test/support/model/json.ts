/** Reading what a program sent us without trusting its shape. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value's fields; none if it has none. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** The value's elements; none if it is no list. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value if it is a text, else the empty one. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The value a JSON text stands for; undefined if it stands for none. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Every text in a value, unescaped: names of fields too. */
export function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...texts(inner)]);
}
