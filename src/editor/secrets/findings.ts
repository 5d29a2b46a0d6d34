import { EventEmitter, type Disposable } from 'vscode';
import { aged, type Aged } from '../../core/aged.ts';
import type { RotationDays, Sighting } from '../../core/ages.ts';
import type { Ages, Scanner } from '../../core/ports.ts';
import type { Report, Scan, Secret } from '../../core/report.ts';

/** What findings are made with. The scanner is made when it is first needed. */
export interface FindingsGiven {
  readonly scanner: () => Promise<Pick<Scanner, 'scan' | 'file'>>;
  readonly ages: Pick<Ages, 'note'>;
  readonly days: () => RotationDays;
  /** Hears in a sentence what went wrong where nobody waits for an answer. */
  readonly complain: (sentence: string) => void;
}

/** What was found in files, and how old it is: the only state there is about secrets. Values are not in it. */
export class Findings implements Disposable {
  readonly #given: FindingsGiven;
  readonly #changed = new EventEmitter<undefined>();
  readonly #byFile = new Map<string, readonly Secret[]>();
  readonly #sightings = new Map<string, Sighting>();
  #scanned = false;

  readonly onDidChange = this.#changed.event;

  constructor(given: FindingsGiven) {
    this.#given = given;
  }

  /** Whether a workspace was looked through to its end, so that no finding means that nothing was found. */
  get scanned(): boolean {
    return this.#scanned;
  }

  get all(): readonly Aged[] {
    return [...this.#byFile.values()].flat().map(it => this.#aged(it));
  }

  in(file: string): readonly Aged[] {
    return (this.#byFile.get(file) ?? []).map(it => this.#aged(it));
  }

  /** Looks through folders. What was known of them is replaced, unless the scan ended early: then it is added to. */
  async scan(scan: Scan): Promise<Report> {
    const scanner = await this.#given.scanner();
    const report = await scanner.scan(scan);
    const whole = !report.cancelled && report.failed === undefined;
    if (whole)
      for (const file of this.#byFile.keys())
        if (scan.paths.some(path => isBelow(file, path))) this.#byFile.delete(file);
    for (const file of new Set(report.secrets.map(it => it.file)))
      this.#byFile.set(
        file,
        report.secrets.filter(it => it.file === file),
      );
    this.#scanned ||= whole;
    await this.#note(report.secrets);
    return report;
  }

  /** Looks at one file as it is on the disk, and gives what is there now. Never rejects. */
  async look(file: string): Promise<readonly Secret[]> {
    try {
      const secrets = await (await this.#given.scanner()).file(file);
      const before = this.#byFile.get(file) ?? [];
      if (secrets.length) this.#byFile.set(file, secrets);
      else this.#byFile.delete(file);
      if (secrets.length || before.length) await this.#note(secrets);
      return secrets;
    } catch (error) {
      this.#given.complain(`cannot look for secrets in \`${file}\`: ${message(error)}`);
      return this.#byFile.get(file) ?? [];
    }
  }

  /** Where these secrets stand in a text that may not be saved yet. */
  async where(file: string, text: string): Promise<readonly Secret[]> {
    return (await this.#given.scanner()).file(file, text);
  }

  forget(file: string): void {
    if (this.#byFile.delete(file)) this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** That the ages cannot be kept must not keep what was found from being shown. */
  async #note(secrets: readonly Secret[]): Promise<void> {
    this.#changed.fire(undefined);
    if (!secrets.length) return;
    try {
      for (const [print, sighting] of await this.#given.ages.note(secrets))
        this.#sightings.set(print, sighting);
      this.#changed.fire(undefined);
    } catch (error) {
      this.#given.complain(`cannot keep the ages of secrets: ${message(error)}`);
    }
  }

  #aged(secret: Secret): Aged {
    return aged(secret, this.#sightings, this.#given.days(), Date.now());
  }
}

function isBelow(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
