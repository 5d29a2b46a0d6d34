/*
 * Days of the civil calendar without a clock: counted in eras of 400 years, years from a first of March.
 */

const day = 86_400_000;

/** The day of a time in milliseconds since 1970, as `2026-11-29`. */
export function dayOf(time: number): string {
  const days = Math.floor(time / day) + 719_468;
  const era = Math.floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const march = Math.floor((5 * ofYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  const date = ofYear - Math.floor((153 * march + 2) / 5) + 1;
  return [
    String(year + era * 400 + (month <= 2 ? 1 : 0)).padStart(4, '0'),
    String(month).padStart(2, '0'),
    String(date).padStart(2, '0'),
  ].join('-');
}

/** Milliseconds since 1970 of `2026-11-29` or `2026-11-29T12:00:00Z`; `undefined` for any other text. */
export function timeOf(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?Z?)?$/.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map(it => Number(it ?? 0));
  if (month < 1 || month > 12 || date < 1 || date > 31) return undefined;
  const from = month <= 2 ? year - 1 : year;
  const ofEra = from - Math.floor(from / 400) * 400;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1;
  const days =
    Math.floor(from / 400) * 146_097 +
    ofEra * 365 +
    Math.floor(ofEra / 4) -
    Math.floor(ofEra / 100) +
    ofYear -
    719_468;
  return days * day + ((hour * 60 + minute) * 60 + second) * 1_000;
}
