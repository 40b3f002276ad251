import { NONE, type PortSets } from './engine/port-sets';
import { isPeer, type NamespaceLabels, type Pod, type PodOwner } from './model';
import { pathOf } from './refs';
import { areEqual, MIDDLE, NETWORK_POLICY_ORDER, type OrderedPolicy, type OrderedRule } from './tiers';
import type { Note } from './types';

/** What the notes on ordered policies rest on. */
export interface TierNotesInput {
  readonly owners: readonly PodOwner[];
  readonly ordered: readonly OrderedPolicy[];
  readonly namespaces: NamespaceLabels;
  readonly sets: PortSets;
}

/** Whether manifests cannot tell whom some rule matches, or which of two policies is asked first. */
export function isInDoubt({ ordered }: Pick<TierNotesInput, 'ordered'>): boolean {
  return ordered.some(
    (policy, place) =>
      rulesOf(policy).some(({ rule }) => rule.doubtful !== undefined || rule.nodes === 'some') ||
      ordered.slice(place + 1).some((other) => areEqual(policy, other)),
  );
}

/** Says what manifests cannot tell of ordered policies. */
export function tierNotes(input: TierNotesInput): readonly Note[] {
  const ofRules = input.ordered.flatMap(ruleNotes);
  // A rule of Cilium that lets only some requests through may close and open: that is said once, of what it opens.
  const said = new Map(
    ofRules.map((one) => [`${one.file}:${one.line} ${one.message.replace(' (Deny)', ' (Allow)')}`, one]),
  );
  return [...said.values(), ...tieNotes(input), ...middleNotes(input.ordered)];
}

/** Says of policies that have the place of NetworkPolicies that they are taken to stand before them. */
function middleNotes(ordered: readonly OrderedPolicy[]): readonly Note[] {
  const sources = new Map(
    ordered
      .filter((policy) => policy.tier === MIDDLE && policy.order === NETWORK_POLICY_ORDER)
      .map((policy) => [policy.source, policy]),
  );
  return [...sources.values()].map((policy) => ({
    code: 'equal-priority',
    file: policy.source.file,
    line: policy.source.line,
    message: `${textOf(policy)}: it has the order of NetworkPolicies, ${NETWORK_POLICY_ORDER}; it is taken to stand before them`,
  }));
}

function ruleNotes(policy: OrderedPolicy): Note[] {
  const { doubt, source } = policy;
  if (doubt !== undefined) {
    const message = `${textOf(policy)}: what it opens and closes hangs on ${doubt}`;
    return [{ code: 'undecided', file: source.file, line: source.line, message }];
  }
  return rulesOf(policy).flatMap(({ direction, rule }): Note[] => {
    const place = rule.place?.text ?? `${direction} rule ${rule.index + 1}`;
    const line = policy.source.lineOf(pathOf(rule, direction));
    const say = (code: Note['code'], message: string): Note => ({
      code,
      file: policy.source.file,
      line,
      message: `${textOf(policy)}: ${message}`,
    });
    return [
      ...(rule.unknown === undefined
        ? []
        : [
            say(
              'fail-closed',
              `${place} has a peer that is not known here (${rule.unknown.join(', ')}), so it ${
                rule.action === 'allow' ? 'is taken to match nobody' : 'is taken to deny everybody'
              }`,
            ),
          ]),
      ...(rule.nodes === 'some' && rule.doubtful === undefined
        ? [
            say(
              'undecided',
              `whom ${place} (${rule.verb}) matches hangs on the labels of nodes, which manifests do not tell`,
            ),
          ]
        : []),
      ...(rule.doubtful === undefined
        ? []
        : [
            say(
              'undecided',
              `whom ${place} (${rule.verb}) matches hangs on ${rule.doubtful.why}, which manifests do not tell`,
            ),
          ]),
    ];
  });
}

function* pairsOf(ordered: readonly OrderedPolicy[]): Generator<readonly [OrderedPolicy, OrderedPolicy]> {
  for (const [place, policy] of ordered.entries()) {
    for (let next = place + 1; next < ordered.length && areEqual(policy, ordered[next] as OrderedPolicy); next++) {
      yield [policy, ordered[next] as OrderedPolicy];
    }
  }
}

/** Says of policies of the same priority that it matters which one is asked first: both are about the same, unlike. */
function tieNotes({ owners, ordered, namespaces, sets }: TierNotesInput): readonly Note[] {
  const pairs = [...pairsOf(ordered)];
  const pods = pairs.length === 0 ? [] : owners.flatMap((owner) => owner.pods);
  const selected = (policy: OrderedPolicy, pod: Pod) =>
    policy.subject.some((peer) => isPeer(peer, '', pod, namespaces));
  const meet = (a: OrderedRule, b: OrderedRule) =>
    a.action !== b.action &&
    (a.everybody ||
      b.everybody ||
      (a.nodes !== undefined && b.nodes !== undefined) ||
      a.addresses.some((one) => b.addresses.some(({ start, end }) => start < one.end && one.start < end)) ||
      pods.some((pod) => [a, b].every((rule) => rule.pods.some((peer) => isPeer(peer, '', pod, namespaces))))) &&
    (a.ports.names.length + b.ports.names.length > 0 || sets.intersection(a.ports.numbers, b.ports.numbers) !== NONE);
  return pairs
    .filter(
      ([a, b]) =>
        (['ingress', 'egress'] as const).some((direction) =>
          (a[direction] ?? []).some((rule) => (b[direction] ?? []).some((other) => meet(rule, other))),
        ) && pods.some((pod) => selected(a, pod) && selected(b, pod)),
    )
    .map(([a, b]) => ({
      code: 'equal-priority' as const,
      file: a.source.file,
      line: a.source.line,
      message: `${textOf(a)}: it has the same priority as ${textOf(b)}, so nobody knows which one is asked first; they are taken by name`,
    }));
}

function rulesOf({ ingress = [], egress = [] }: OrderedPolicy) {
  return [
    ...ingress.map((rule) => ({ direction: 'ingress' as const, rule })),
    ...egress.map((rule) => ({ direction: 'egress' as const, rule })),
  ];
}

function textOf({ kind, namespace, name }: OrderedPolicy): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
