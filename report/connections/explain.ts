import {
  type Explanation,
  faultsText,
  type Miss,
  missPlace,
  type Peer,
  type PolicyRef,
  peerText,
  policyText,
  portsText,
  type RuleRef,
  ruleText,
  serviceText,
  type Verdict,
} from '../../analysis/connectivity';
import { csvLine } from '../csv';
import { markdownHead, markdownRow } from '../markdown';
import { peerLabel } from '../peers';
import type { Style } from '../style';
import { wrapped } from '../wrapped';

/** Why connections are open or closed, for people: a paragraph for each. */
export function* explanationsText(
  explanations: Iterable<Explanation>,
  style: Style,
  width?: number,
): Generator<string> {
  let separator = '';
  for (const explanation of explanations) {
    const { from, to } = explanation;
    const open = openText(explanation);
    const answer = explanation.allowed ? style.green(open) : style.red(open);
    yield `${separator}${style.bold(`${peerLabel(from)} -> ${peerLabel(to)}`)}: ${answer}\n`;
    yield* whyLines(explanation, width);
    separator = '\n';
  }
  if (separator === '') {
    yield 'no connections\n';
  }
}

/** What either end says, what a number is to Services, and where both ends open something, but nothing in common. */
export function* whyLines(explanation: Explanation, width?: number): Generator<string> {
  for (const { side, lines } of sidesOf(explanation)) {
    yield* block(side.padEnd(7), lines, width);
  }
}

/** The same line by line: `egress`, `ingress`, `both`, `Service`. */
export function sidesOf(
  explanation: Explanation,
): readonly { readonly side: string; readonly lines: readonly string[] }[] {
  const { egress, ingress, services = [] } = explanation;
  return [
    { side: 'egress', lines: verdictLines(egress, 'egress', explanation) },
    { side: 'ingress', lines: verdictLines(ingress, 'ingress', explanation) },
    { side: 'both', lines: bothLines(explanation) },
    { side: 'Service', lines: services.map(serviceText) },
  ];
}

export function bothLines({ allowed, egress, ingress }: Explanation): string[] {
  return allowed || egress.outcome === 'denied' || ingress.outcome === 'denied'
    ? []
    : [`no port in common: egress opens ${portsText(egress.ports)}, ingress opens ${portsText(ingress.ports)}`];
}

const HEADS = ['from', 'to', 'ports', 'egress', 'ingress'];

/** The same as comma-separated values. */
export function* explanationsCsv(explanations: Iterable<Explanation>): Generator<string> {
  yield csvLine(HEADS);
  for (const explanation of explanations) {
    yield csvLine(cellsOf(explanation, peerText));
  }
}

/** The same as a table in Markdown. */
export function* explanationsMarkdown(explanations: Iterable<Explanation>): Generator<string> {
  yield markdownHead(['From', 'To', 'Ports', 'Egress', 'Ingress']);
  for (const explanation of explanations) {
    yield markdownRow(cellsOf(explanation, peerLabel));
  }
}

function cellsOf(explanation: Explanation, label: (peer: Peer) => string): string[] {
  const { from, to, egress, ingress } = explanation;
  return [
    label(from),
    label(to),
    openText(explanation),
    verdictLines(egress, 'egress', explanation).join('; '),
    [...verdictLines(ingress, 'ingress', explanation), ...(explanation.services ?? []).map(serviceText)].join('; '),
  ];
}

function openText({ port, allowed, ports }: Explanation): string {
  if (port === undefined) {
    return portsText(ports);
  }
  const asked = `${port.protocol} ${port.port}`;
  return allowed ? asked : `not ${asked}`;
}

/** Lines behind the name of what they are about; of a screen, no wider than it is. */
export function* block(side: string, lines: readonly string[], width = Number.POSITIVE_INFINITY): Generator<string> {
  for (const [index, line] of lines.entries()) {
    yield `${wrapped(`  ${index === 0 ? side : ' '.repeat(side.length)}  `, line.split(' '), width)}\n`;
  }
}

/** What one end says: the rules that allow, or the rules and policies that close. */
function verdictLines(
  { outcome, policies, rules, denies, isolating, nearest }: Verdict,
  direction: RuleRef['direction'],
  { from, to }: Pick<Explanation, 'from' | 'to'>,
): string[] {
  const who = direction === 'ingress' ? to : from;
  switch (outcome) {
    case 'outside':
      return ['outside the cluster, where no policy applies'];
    case 'host-network':
      return [`${peerLabel(who)} uses the network of its node, where no policy applies`];
    case 'not-selected':
      return [`no policy selects ${peerLabel(who)} for ${direction}`];
    case 'unmatched':
      return [
        ...denies.map((rule) => ruleLine(rule, 'denied')),
        `no rule of ${policies.map(policyText).join(', ')} is about this, and no NetworkPolicy selects ${peerLabel(who)} for ${direction}`,
      ];
    case 'denied':
      return [
        ...deniedLines({ denies, isolating }, direction),
        ...(nearest === undefined ? [] : [nearestText(nearest, from, to)]),
      ];
    case 'allowed':
      return [...rules.map((rule) => ruleLine(rule, 'allowed')), ...denies.map((rule) => ruleLine(rule, 'denied'))];
  }
}

/** The rules that deny, and the policies of which no rule allows, each with its place. */
export function deniedLines(
  { denies, isolating }: Pick<Verdict, 'denies' | 'isolating'>,
  direction: RuleRef['direction'],
): string[] {
  return [
    ...denies.map((rule) => ruleLine(rule, 'denied')),
    ...isolating.map((policy) => `closed by ${placeText(policy)}: no ${direction} rule allows this`),
  ];
}

/** The rule that comes nearest, its place, and what keeps it from allowing. */
export function nearestText(miss: Miss, from: Peer, to: Peer): string {
  const place = placeText({ ...miss.policy, line: miss.line });
  return `nearest: ${missPlace(miss)} of ${place}: ${faultsText(miss, peerLabel(from), peerLabel(to))}`;
}

/** A rule, what it does to which ports, and where it stands. */
export function ruleLine(rule: RuleRef, what: 'allowed' | 'denied'): string {
  const { policy, line, ports } = rule;
  return `${portsText(ports)}: ${what} by ${placeText({ ...policy, line })}, ${ruleText(rule)}`;
}

function placeText(policy: PolicyRef): string {
  const { tier, file, line } = policy;
  const where = line > 0 ? `${file}:${line}` : file;
  return `${policyText(policy)} (${tier === 'NetworkPolicy' ? '' : `tier ${tier}, `}${where})`;
}
