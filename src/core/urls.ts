/** The host of a URL, in lower case and without a port; the text up to its first slash where it is none. */
export function hostOf(url: string): string {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(url.trim());
  return (match?.[1] ?? /^[^/?#:@\s]*/.exec(url)?.[0] ?? '').toLowerCase();
}
