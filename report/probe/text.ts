import { tableText } from '../columns';
import { percent } from '../numbers';
import { printable } from '../printable';
import type { Style } from '../style';
import type { ProbeAnswer, ProbeComparison } from './answer';

/** More groups than these say only that the answers are not told apart by what should tell them apart. */
const MOST_GROUPS = 50;

/** What a probe measured, for people: the groups, what was expected, and a verdict. */
export function* probeText(answer: ProbeAnswer, style: Style): Generator<string> {
  const { groups, comparison, none, sample } = answer;
  const shown = groups.slice(0, MOST_GROUPS);
  const withOrigin = groups.some(({ origin }) => origin !== undefined);
  yield* table(
    ['GROUP', 'COUNT', 'SHARE', '95 % INTERVAL', ...(withOrigin ? ['FROM'] : [])],
    shown.map(({ group, count, share, interval, origin }) => [
      printable(group ?? none),
      `${count}`,
      percent(share, 2),
      intervalText(interval),
      ...(withOrigin ? [printable(origin ?? '?')] : []),
    ]),
    style,
  );
  if (groups.length > shown.length) {
    yield `… and ${groups.length - shown.length} more groups\n`;
  }
  if (comparison !== undefined) {
    yield '\n';
    yield* comparisonText(comparison, sample.failed, style);
  }
}

function* comparisonText(comparison: ProbeComparison, failed: number, style: Style): Generator<string> {
  yield* table(
    ['FROM', 'COUNT', 'SHARE', '95 % INTERVAL', 'EXPECTED'],
    comparison.rows.map(({ label, count, share, interval, expected }) => [
      printable(label),
      `${count}`,
      percent(share, 2),
      intervalText(interval),
      percent(expected),
    ]),
    style,
  );
  const text = verdictText(comparison, failed);
  yield `\n${comparison.verdict === 'consistent' ? style.green(text) : style.red(text)}\n`;
}

function* table(heads: readonly string[], rows: readonly (readonly string[])[], style: Style): Generator<string> {
  const [head = '', ...lines] = tableText(
    heads,
    rows,
    [1, 2, 3, 4].filter((column) => heads[column] !== 'FROM'),
  );
  yield `${style.dim(head)}\n`;
  for (const line of lines) {
    yield `${line}\n`;
  }
}

function verdictText({ verdict, fit, rows, by }: ProbeComparison, failed: number): string {
  if (fit === undefined) {
    return 'undecided: of some answers it is not known where they come from';
  }
  if (verdict === 'undecided') {
    return `undecided: ${failed} requests had no answer; where they were bound for decides whether this is consistent with ${by}`;
  }
  const expected = rows.filter(({ expected }) => expected > 0).map((row) => percent(row.expected));
  const list = [expected.slice(0, -1).join(', '), ...expected.slice(-1)].filter((part) => part !== '').join(' and ');
  const test = fit.test === 'certain' ? '' : ` (${fit.test} test, ${chanceText(fit.p)})`;
  if (verdict === 'consistent') {
    return `consistent with ${by}: ${list}${test}`;
  }
  const strangers = rows.filter(({ count, expected }) => count > 0 && expected === 0);
  return strangers.length > 0
    ? `differs from ${by}: nothing is expected from ${strangers.map(({ label, count }) => `${printable(label)} (${count})`).join(' or ')}`
    : `differs from ${by} by more than chance: ${list} expected${test}`;
}

/** A chance as statisticians write it: `p = 0.62`, `p = 0.0003`, `p < 0.0001`. */
function chanceText(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${Number(p.toPrecision(2))}`;
}

function intervalText([low, high]: readonly [number, number]): string {
  return `${(low * 100).toFixed(2)} - ${(high * 100).toFixed(2)} %`;
}
