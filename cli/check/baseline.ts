import type { Finding } from '../../analysis/check';
import { unusedIgnore } from '../../analysis/check/silence';
import { isMapping } from '../../analysis/manifest/value';
import { worded } from '../../report/check/worded';
import { readText } from '../input';
import type { Io } from '../io';
import { Refusal } from '../refusal';
import { writeText } from './write';

interface Entry {
  readonly rule: string;
  readonly object: string;
  readonly message: string;
}

/** Findings that are known, by rule, object and message: lines move, these do not. */
export class Baseline {
  private readonly counts = new Map<string, number>();

  private constructor(
    private readonly file: string,
    private readonly entries: readonly Entry[],
  ) {
    for (const entry of entries) {
      this.counts.set(keyOf(entry), (this.counts.get(keyOf(entry)) ?? 0) + 1);
    }
  }

  /** @throws Refusal for a file that is none */
  static async read(file: string, io: Pick<Io, 'stdin' | 'cwd'>): Promise<Baseline> {
    const text = await readText(file, io);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw new Refusal([`${file}: this is no JSON: ${(error as Error).message}`]);
    }
    const entries = isMapping(value) && Array.isArray(value.findings) ? value.findings : undefined;
    if (entries === undefined || !entries.every(isEntry)) {
      throw new Refusal([`${file}: this is no baseline; --write-baseline ${file} writes one`]);
    }
    return new Baseline(file, entries);
  }

  /** Parts findings into those that are new and those that are known; entries without a finding become findings. */
  apply(findings: readonly Finding[]): { readonly left: readonly Finding[]; readonly known: number } {
    const counts = new Map(this.counts);
    const left = findings.filter((finding) => {
      const key = keyOf(worded(finding));
      const count = counts.get(key) ?? 0;
      counts.set(key, count - 1);
      return count <= 0;
    });
    const unused = this.entries.filter((entry) => {
      const count = counts.get(keyOf(entry)) ?? 0;
      counts.set(keyOf(entry), count - 1);
      return count > 0;
    });
    const source = { file: this.file, line: 0, column: 0 };
    return {
      left: [...left, ...unused.map(({ rule, object }) => unusedIgnore({ rule, object, source }))],
      known: findings.length - left.length,
    };
  }
}

/** Writes findings as those that are known from now on. */
export function writeBaseline(file: string, findings: readonly Finding[], io: Pick<Io, 'cwd'>): void {
  const entries = findings
    .map(worded)
    .map(({ rule, object, message }): Entry => ({ rule, object, message }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  writeText(file, `${JSON.stringify({ findings: entries }, null, 2)}\n`, io);
}

function isEntry(value: unknown): value is Entry {
  return isMapping(value) && [value.rule, value.object, value.message].every((text) => typeof text === 'string');
}

function keyOf({ rule, object, message }: Entry): string {
  return `${rule}\n${object}\n${message}`;
}
