import type { Expectation } from './expectation';
import { type Fit, goodnessOfFit } from './statistics/goodness-of-fit';
import { wilsonInterval } from './statistics/wilson';

/** How often something was seen. */
export interface Seen {
  readonly count: number;
  /** Of all answers, from 0 to 1. */
  readonly share: number;
  /** The true share lies between these in 95 of 100 cases. */
  readonly interval: readonly [number, number];
}

/** Answers that show the same. */
export interface SeenGroup extends Seen {
  /** `undefined` for answers that show nothing. */
  readonly group: string | undefined;
  /** From what they come; `undefined` where nothing was expected or it can't be said. */
  readonly origin: string | undefined;
}

/** Something that answers come from, as it was expected and as it was seen. */
export interface Compared extends Seen {
  readonly label: string;
  readonly expected: number;
}

/** Groups of which it can't be said from what they come. */
export interface Unmapped {
  readonly group: string | undefined;
  readonly count: number;
  readonly why: string;
}

/** Whether what was seen is what was expected. */
export interface Comparison {
  readonly by: string;
  readonly rows: readonly Compared[];
  readonly unmapped: readonly Unmapped[];
  /** `undefined` where groups are unmapped. */
  readonly fit: Fit | undefined;
  readonly significance: number;
  readonly verdict: 'consistent' | 'differs' | 'undecided';
}

/** The groups of a sample, the largest first. */
export function seenGroups(
  groups: ReadonlyMap<string | undefined, number>,
  expectation: Expectation | undefined,
): SeenGroup[] {
  const total = sum(groups.values());
  return [...groups]
    .map(([group, count]) => {
      const origin = expectation?.originOf(group);
      return { group, ...seen(count, total), origin: origin && 'label' in origin ? origin.label : undefined };
    })
    .sort((a, b) => b.count - a.count || ((a.group ?? '') < (b.group ?? '') ? -1 : 1));
}

/**
 * Compares a sample with what was expected of it. Where requests had no answer, it has to fit wherever they were bound for:
 * else a canary that answers nobody would pass for one that gets its share.
 *
 * @param significance below this chance, a difference counts
 * @param unanswered how many requests had no answer
 */
export function compare(
  groups: ReadonlyMap<string | undefined, number>,
  expectation: Expectation,
  significance: number,
  unanswered = 0,
): Comparison {
  const counts = new Map(expectation.shares.map(({ label }) => [label, 0]));
  const unmapped: Unmapped[] = [];
  for (const [group, count] of groups) {
    const origin = expectation.originOf(group);
    if ('label' in origin) {
      counts.set(origin.label, (counts.get(origin.label) ?? 0) + count);
    } else {
      unmapped.push({ group, count, why: origin.unknown });
    }
  }
  const expected = new Map(expectation.shares.map(({ label, share }) => [label, share]));
  const total = sum(groups.values());
  const rows = [...counts].map(([label, count]) => ({
    label,
    ...seen(count, total),
    expected: expected.get(label) ?? 0,
  }));
  const shares = rows.map((row) => row.expected);
  const fitWith = (more: number, at: number) =>
    goodnessOfFit(
      rows.map(({ count }, index) => count + (index === at ? more : 0)),
      shares,
    );
  const fit = unmapped.length > 0 ? undefined : fitWith(0, 0);
  const isOpen = () =>
    unanswered > 0 && shares.some((share, index) => share > 0 && fitWith(unanswered, index).p < significance);
  const verdict =
    fit === undefined ? 'undecided' : fit.p < significance ? 'differs' : isOpen() ? 'undecided' : 'consistent';
  return { by: expectation.by, rows, unmapped, fit, significance, verdict };
}

function seen(count: number, total: number): Seen {
  return { count, share: count / total, interval: wilsonInterval(count, total) };
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) {
    total += number;
  }
  return total;
}
