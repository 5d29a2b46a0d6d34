import { applications } from './applications.ts';
import { clouds } from './clouds.ts';
import { databases } from './databases.ts';
import { hosting } from './hosting.ts';
import type { Source } from './source.ts';

/** Where the programs of a service look; nothing for a service that we know no files of. */
export function sourcesOf(service: string): readonly Source[] {
  return byService.get(service) ?? [];
}

const byService: ReadonlyMap<string, readonly Source[]> = new Map(
  Object.entries({ ...databases, ...applications, ...clouds, ...hosting }).flatMap(([names, sources]) =>
    names.split(' ').map(name => [name, sources] as const),
  ),
);
