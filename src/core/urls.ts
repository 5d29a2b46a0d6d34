/** The host of a URL, in lower case and without a port; the text up to its first slash where it is none. */
export function hostOf(url: string): string {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(url.trim());
  return (match?.[1] ?? /^[^/?#:@\s]*/.exec(url)?.[0] ?? '').toLowerCase();
}

/** The port that stands in it. */
export function portOf(url: string): number | undefined {
  const port =
    /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#@]*@)?(?:\[[^\]]*\]|[^/?#:@]*):(\d{1,5})(?:[/?#]|$)/i.exec(
      url.trim(),
    )?.[1];
  return port === undefined ? undefined : Number(port);
}

/** What stands behind the host: the path with its query. */
export function pathOf(url: string): string {
  const trimmed = url.trim();
  const rest = trimmed.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const path = rest === trimmed && !/^[/?]/.test(rest) ? rest.replace(/^[^/?#]*/, '') : rest;
  return path.replace(/#.*$/s, '');
}
