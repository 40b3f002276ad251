import {
  type AskedService,
  type Explanation,
  type PolicyRef,
  policyText,
  type RuleRef,
  ruleText,
  type Verdict,
} from './explanation';
import { missText } from './misses/text';
import { peerText } from './peer';
import type { Port } from './ports';

/**
 * An explanation in words: which rule opens the way, or which policies close it.
 *
 * Examples: `no policy selects either end`; `NetworkPolicy stars/backend-policy allows it (ingress rule 1)`;
 * `NetworkPolicy stars/default-deny isolates stars/Deployment/backend, and no ingress rule allows TCP 80 from
 * client/Deployment/client`.
 */
export function whyText({ from, to, port, allowed, services = [], egress, ingress }: Explanation): string {
  return [
    reason({ from: peerText(from), to: peerText(to), port, allowed, egress, ingress }),
    ...services.map(serviceText),
  ].join('; ');
}

/** What a port of a Service is to its pods, in words. */
export function serviceText({ service, port, target, allowed }: AskedService): string {
  const leads = `${port.protocol} ${port.port} is the port of Service ${service}, which leads to ${target.protocol} ${target.port} of its pods`;
  return `${leads}, and that is ${allowed ? 'open' : 'closed'}`;
}

/** The same for two ends that have a name only. */
export interface Reason {
  readonly from: string;
  readonly to: string;
  readonly port: Port | undefined;
  readonly allowed: boolean;
  readonly egress: Verdict;
  readonly ingress: Verdict;
}

export function reason({ from, to, port, allowed, egress, ingress }: Reason): string {
  const what = port === undefined ? 'anything' : `${port.protocol} ${port.port}`;
  const stops = [
    ...(egress.outcome === 'denied' ? closed(egress, from, `no egress rule allows ${what} to ${to}`) : []),
    ...(ingress.outcome === 'denied' ? closed(ingress, to, `no ingress rule allows ${what} from ${from}`) : []),
  ];
  if (stops.length > 0) {
    const misses = [egress, ingress].flatMap(({ nearest }) =>
      nearest === undefined ? [] : [missText(nearest, from, to)],
    );
    return [...stops, ...misses.map((miss) => `nearest: ${miss}`)].join('; ');
  }
  if (!allowed) {
    return `${opened(egress.rules)}; ${opened(ingress.rules)}; but not the same ports`;
  }
  const opens = [egress, ingress].filter(({ outcome }) => outcome === 'allowed').map(({ rules }) => opened(rules));
  return opens.length > 0 ? opens.join('; ') : unrestricted(egress, ingress);
}

/** The rules that deny, and the policies of which none allows what they leave. */
function closed({ isolating, denies }: Verdict, who: string, without: string): string[] {
  return [
    ...denies.slice(0, 1).map((rule) => `${policyText(rule.policy)} denies it (${ruleText(rule)})`),
    ...(isolating.length === 0
      ? []
      : [`${list(isolating)} ${isolating.length === 1 ? 'isolates' : 'isolate'} ${who}, and ${without}`]),
  ];
}

function opened(rules: readonly RuleRef[]): string {
  const [first] = rules;
  return first === undefined
    ? 'no policy decides about it'
    : `${policyText(first.policy)} allows it (${ruleText(first)})`;
}

function unrestricted(egress: Verdict, ingress: Verdict): string {
  if (egress.outcome === 'unmatched' || ingress.outcome === 'unmatched') {
    return 'no policy decides about it';
  }
  if (egress.outcome === 'host-network' || ingress.outcome === 'host-network') {
    return 'no policy applies to pods on the network of their node';
  }
  return egress.outcome === 'not-selected' && ingress.outcome === 'not-selected'
    ? 'no policy selects either end'
    : 'no policy selects the pods';
}

function list(policies: readonly PolicyRef[]): string {
  const [first] = policies;
  return policies.length === 1 && first !== undefined
    ? policyText(first)
    : policies.some(({ kind, namespace }) => kind !== 'NetworkPolicy' || namespace === undefined)
      ? policies.map(policyText).join(', ')
      : `NetworkPolicies ${policies.map(({ namespace, name }) => `${namespace}/${name}`).join(', ')}`;
}
