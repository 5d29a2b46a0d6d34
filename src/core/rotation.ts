/** How what a provider gave out is replaced. Sentences for a person; addresses are shown, never opened by us. */
export interface Rotation {
  /** What the provider is called. */
  readonly name: string;
  /** The page where it is done, or in words where there is none. */
  readonly where: string;
  readonly make: string;
  readonly revoke: string;
  /** What stops working between the two, or keeps the old one alive. */
  readonly depends: string;
  /** The page and month these facts were read from; absent where they were not checked. */
  readonly checked?: string;
}

/** Rotations by provider, as detectors name them. */
export type Rotations = Readonly<Record<string, Rotation>>;

/** The steps, one each: make, put in place, try, revoke. The old one is revoked last, unless it leaked: then it is first. */
export function stepsOf({ where, make, revoke, depends }: Rotation): readonly string[] {
  return [
    `Open ${where}.`,
    make,
    `Put the new one where the old one is used: ${depends}`,
    'See that it works there.',
    revoke,
  ];
}
