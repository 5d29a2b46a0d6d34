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

/** Rotations by provider, as detectors name them. `unknown` is for whatever has none of its own. */
export type Rotations = Readonly<Record<string, Rotation>> & { readonly unknown: Rotation };

/** The page of one provider, as Markdown; the general one where the provider has none. */
export function guideOf(rotations: Rotations, provider: string): string {
  const rotation =
    (Object.hasOwn(rotations, provider) ? rotations[provider] : undefined) ?? rotations.unknown;
  return `${[
    `# How to replace it: ${rotation.name}`,
    numbered(rotation),
    'If it leaked, begin with the last step, and replace it then: until it is revoked, whoever has it can use it.',
    rotation.checked ? `From ${rotation.checked}.` : 'Not checked against the provider’s pages, which move.',
  ].join('\n\n')}\n`;
}

/** The steps as lines, numbered from 1: Markdown, and plain text as well. */
export function numbered(rotation: Rotation): string {
  return stepsOf(rotation)
    .map((step, index) => `${index + 1}. ${step}`)
    .join('\n');
}

/** The steps, one each: make, put in place, try, revoke. The old one is revoked last, unless it leaked: then it is first. */
function stepsOf({ where, make, revoke, depends }: Rotation): readonly string[] {
  return [
    `Open ${where}.`,
    make,
    `Put the new one where the old one is used: ${depends}`,
    'See that it works there.',
    revoke,
  ];
}
