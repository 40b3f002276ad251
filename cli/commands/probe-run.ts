import { printable } from '../../report/printable';
import { probeJson } from '../../report/probe/json';
import { probeText } from '../../report/probe/text';
import { capped } from '../../report/problems';
import { readInput } from '../input';
import type { Output } from '../output';
import { type Comparison, compare, seenGroups } from '../probe/comparison';
import type { Expectation } from '../probe/expectation';
import { expectedRoutes } from '../probe/expected-routes';
import { expectedShares } from '../probe/expected-shares';
import { failureText } from '../probe/failure';
import { BY_STATUS, byBody, byHeader, type Grouping } from '../probe/grouping';
import { Progress } from '../probe/progress';
import { type Plan, type Sample, sample } from '../probe/sample';
import { Sender } from '../probe/send';
import { type Target, targetOf } from '../probe/target';
import { Refusal } from '../refusal';
import type { Session } from '../run';
import { styleOf } from '../style';
import type { ProbeOptions } from './probe';

/** What the shell itself gives for a program that Ctrl-C ended. */
const INTERRUPTED = 130;
const MOST_UNMAPPED = 10;

/** Measures where requests really go. */
export async function probe(url: string, options: ProbeOptions, session: Session): Promise<number> {
  const { io, output } = session;
  const target = targetOf(url, options);
  const plan = planOf(options);
  const grouping = groupingOf(options);
  const expectation = await expectationOf(target, grouping, options, session);
  const measured = await measure(target, plan, grouping, options, session);
  const why = [...measured.failures].sort(([, a], [, b]) => b - a).map(([text, count]) => `${text} (${count})`);
  if (measured.answered === 0) {
    if (measured.end === 'interrupted') {
      output.say('interrupted before there was any answer');
      return INTERRUPTED;
    }
    throw new Refusal([`nothing answers at ${target.url.href}`, ...why.map(printable)]);
  }
  tellOf(measured, why, output);
  const comparison = expectation && compare(measured.groups, expectation, options.significance, measured.failed);
  const groups = seenGroups(measured.groups, expectation);
  const answer = { url: target.url.href, sample: measured, none: grouping.none, groups, comparison };
  await output.write(options.format === 'json' ? probeJson(answer) : probeText(answer, styleOf(io.stdout, io)));
  tellOfUnmapped(comparison, grouping, output);
  return measured.end === 'interrupted' ? INTERRUPTED : statusOf(comparison);
}

function planOf({ count, rate, concurrency, maxTime }: ProbeOptions): Plan {
  const seconds = (count - 1) / rate;
  if (seconds > maxTime) {
    throw new Refusal([
      `--count ${count} at --rate ${rate} takes ${Math.ceil(seconds)} s, and --max-time is ${maxTime} s; give fewer, a higher rate, or more time`,
    ]);
  }
  return { count, rate, concurrency, maxTime: maxTime * 1000 };
}

function groupingOf({ groupBy, groupByHeader }: ProbeOptions): Grouping {
  return groupBy !== undefined ? byBody(groupBy) : groupByHeader !== undefined ? byHeader(groupByHeader) : BY_STATUS;
}

/** Reads what to compare with, before anything is sent. */
async function expectationOf(
  target: Target,
  grouping: Grouping,
  { expect, expectShare, map = [], class: ingressClass, gateway, input: degree }: ProbeOptions,
  { io, output }: Session,
): Promise<Expectation | undefined> {
  if (expect === undefined && (map.length > 0 || ingressClass !== undefined || gateway !== undefined)) {
    throw new Refusal(['--map, --class and --gateway are of manifests; give them by --expect']);
  }
  if (expect !== undefined) {
    const question = { target, grouping, mappings: map, choice: { class: ingressClass, gateway, input: degree } };
    return expectedRoutes(await readInput(expect, io), question, output);
  }
  return expectShare && expectedShares(expectShare);
}

async function measure(
  target: Target,
  plan: Plan,
  grouping: Grouping,
  { timeout, keepAlive = false }: ProbeOptions,
  { io, output }: Session,
): Promise<Sample> {
  const userAgent = `cdk8s-networking/${io.version}`;
  const sender = new Sender(target, { timeout: timeout * 1000, keepAlive, userAgent });
  const progress = new Progress(output.stderr, plan.count);
  const interrupted = new AbortController();
  const forget = io.onInterrupt(() => interrupted.abort());
  try {
    return await sample({
      plan,
      send: (signal) => sender.send(signal),
      groupOf: (reply) => grouping.groupOf(reply),
      failureOf: (error) => failureText(error, target),
      progress: (answered, failed) => progress.update(answered, failed),
      interrupted: interrupted.signal,
    });
  } finally {
    forget();
    progress.end();
    sender.close();
  }
}

function tellOf(
  { planned, answered, failed, milliseconds, end }: Sample,
  why: readonly string[],
  output: Output,
): void {
  const ends = { done: '', interrupted: 'interrupted: ', time: 'the time is over: ', silence: '' };
  output.say(`${ends[end]}${answered} of ${planned} requests answered in ${(milliseconds / 1000).toFixed(1)} s`);
  if (failed > 0) {
    output.say(`${failed} without answer: ${printable(why.join('; '))}`);
  }
}

function tellOfUnmapped(comparison: Comparison | undefined, { none }: Grouping, output: Output): void {
  const lines = (comparison?.unmapped ?? []).map(({ group, count, why }) => {
    const advice = group === undefined ? '' : `; --map ${JSON.stringify(`${group}=SERVICE`)} says which`;
    return `${printable(group ?? none)} (${count}): ${why}${advice}`;
  });
  for (const line of capped(lines, MOST_UNMAPPED)) {
    output.say(line);
  }
}

function statusOf(comparison: Comparison | undefined): number {
  const statuses = { consistent: 0, differs: 1, undecided: 2 };
  return comparison === undefined ? 0 : statuses[comparison.verdict];
}
