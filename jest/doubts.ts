import { type Doubt, portsText } from '../analysis/connectivity';
import { missingText } from '../report/connections/doubts';
import { shortened } from '../report/shortened';

/** What each reason means, and how a test says what it is. */
const REASONS = new Map<Doubt['hangsOn'][number], string>([
  [
    'ip-blocks',
    'whether the network plugin lets an ipBlock match pods (manifests(…, { ipBlocks: "outside" }) or "everywhere")',
  ],
  ['nodes', 'the addresses of nodes (manifests(…, { nodes: ["10.0.0.0/16"] }))'],
  ['pods', 'the addresses of pods (manifests(…, { pods: ["10.42.0.0/16"] }))'],
  ['policies', 'policies that manifests alone do not decide'],
]);

/** On what answers hang, and what is open then, one line each. */
export function doubtTexts(doubts: readonly Doubt[]): readonly string[] {
  return [
    ...new Set(
      doubts.map(
        ({ hangsOn, ports, policies = [], missing = [] }) =>
          `${hangsOn.map((reason) => REASONS.get(reason) ?? (reason === 'labels' ? labelsText(missing) : otherText(policies))).join(' and ')}: ${ports.length === 0 ? 'it may be closed' : `${portsText(ports)} may be open`}`,
      ),
    ),
  ];
}

function labelsText(missing: readonly string[]): string {
  return `the labels of ${missingText(missing)}; give ${missing.length === 1 ? 'it' : 'them'} too`;
}

function otherText(policies: readonly string[]): string {
  const is = policies.length === 1 ? 'which is' : 'which are';
  return `${shortened(policies)}, ${is} not evaluated (manifests(…, { otherPolicies: "ignore" }))`;
}
