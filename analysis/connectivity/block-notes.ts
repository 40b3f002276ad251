import { policyText } from './explanation';
import { type Direction, isDoubtful, isHeld, type Pod, type PodOwner, type Policy, type Rule } from './model';
import { peerText } from './peer';
import type { Model } from './read/read';
import { refOf } from './refs';
import { Selecting } from './selecting';
import type { OrderedPolicy, OrderedRule } from './tiers';
import type { Note } from './types';

/** Two workloads between which other ports are open where an ipBlock matches pods. */
export interface Differing {
  readonly from: PodOwner;
  readonly to: PodOwner;
}

/** So many pairs are named in a note. */
const NAMED = 2;

/** @param isSure whether all that is found is sure to match pods, under a plugin that lets it */
type Found = {
  readonly policy: Policy | OrderedPolicy;
  readonly rules: Set<string>;
  readonly pairs: Set<string>;
  isSure: boolean;
};

type Selected = readonly (Policy | OrderedPolicy)[];

/**
 * Says of policies that what is open hangs on whether the network plugin lets an ipBlock match pods.
 *
 * @param model manifests as they are where it does; to tell all, as they are where it does not
 * @param pairs what differs; left out where nobody asked for few enough pairs to compare, and all that may differ is told
 */
export function blockNotes(
  model: Pick<Model, 'policies' | 'ordered' | 'namespaces' | 'heldPods'>,
  pairs: Iterable<Differing> | undefined,
): readonly Note[] {
  const found = new Map<string, Found>();
  const add = (
    policy: Policy | OrderedPolicy,
    direction: Direction,
    rule: Rule,
    pods: readonly Pick<Pod, 'held'>[],
    pair?: string,
  ) => {
    const isSure = pods.some((pod) => isHeld(rule, pod));
    if (!isSure && !pods.some((pod) => mayBeHeld(rule, pod))) {
      return;
    }
    const key = policyText(refOf(policy));
    const known = found.get(key) ?? { policy, rules: new Set(), pairs: new Set(), isSure: true };
    found.set(key, known);
    known.isSure &&= isSure;
    known.rules.add(`${direction} rule ${rule.index + 1}`);
    if (pair !== undefined) {
      known.pairs.add(pair);
    }
  };
  if (pairs === undefined) {
    const pods = model.heldPods.all.map((held) => ({ held }));
    for (const policy of [...model.policies, ...model.ordered]) {
      for (const { direction, rule } of rulesOf(policy)) {
        add(policy, direction, rule, pods);
      }
    }
    return [...found.values()].map(noteOf);
  }
  const selecting = new Selecting(model);
  // Each pod is an end of as many pairs as there are others.
  const selected = { ingress: new Map<Pod, Selected>(), egress: new Map<Pod, Selected>() };
  const policiesOf = (pod: Pod, direction: Direction): Selected => {
    const known = selected[direction].get(pod) ?? [
      ...selecting.policies(pod, direction),
      ...selecting.others(pod, direction),
    ];
    selected[direction].set(pod, known);
    return known;
  };
  for (const { from, to } of pairs) {
    const text = `${peerText(from.workload)} -> ${peerText(to.workload)}`;
    const ask = (ends: readonly Pod[], peers: readonly Pod[], direction: Direction) => {
      const others = peers.filter((peer) => !peer.onNode);
      for (const end of ends) {
        for (const policy of policiesOf(end, direction)) {
          for (const rule of policy[direction] ?? []) {
            add(policy, direction, rule, others, text);
          }
        }
      }
    };
    ask(from.pods, to.pods, 'egress');
    ask(to.pods, from.pods, 'ingress');
  }
  return [...found.values()].map(noteOf);
}

/** Whether addresses of a rule hold a pod or may, or would if nothing else were in doubt. */
function mayBeHeld(rule: Rule | OrderedRule, pod: Pick<Pod, 'held'>): boolean {
  const { doubtful } = 'doubtful' in rule ? rule : {};
  return isDoubtful(rule, pod) || (doubtful !== undefined && (isHeld(doubtful, pod) || isDoubtful(doubtful, pod)));
}

function rulesOf({ ingress = [], egress = [] }: Policy | OrderedPolicy): { direction: Direction; rule: Rule }[] {
  return [
    ...ingress.map((rule) => ({ direction: 'ingress' as const, rule })),
    ...egress.map((rule) => ({ direction: 'egress' as const, rule })),
  ];
}

function noteOf({ policy, rules, pairs, isSure }: Found): Note {
  const [...named] = pairs;
  const more = named.length - NAMED;
  const hangs =
    named.length === 0 ? '' : `, and with it ${named.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return {
    code: 'ip-blocks',
    file: policy.source.file,
    line: policy.source.line,
    message: `${policyText(refOf(policy))}: whether the addresses of ${[...rules].join(', ')} match pods hangs on the network plugin${isSure ? '' : ' and on addresses of pods that no manifest tells'}${hangs}; they are taken not to; see --ip-blocks${isSure ? '' : ' and --pods'}`,
  };
}
