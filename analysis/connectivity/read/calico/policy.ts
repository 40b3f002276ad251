import type { Manifest } from '../../../manifest';
import type { Blocks } from '../../blocks';
import type { PortSets } from '../../engine/port-sets';
import type { PodPeer } from '../../model';
import type { Requirement } from '../../selector';
import { ADMIN, BASELINE, MIDDLE, type OrderedPolicy, type OrderedRule, ruleInDoubt, type Tier } from '../../tiers';
import { Field, type Problems } from '../field';
import { undecidedRule } from '../undecided-rule';
import { type EntityContext, expanded, namespaceExpression, readExpression } from './entity';
import { type Expression, prefixed } from './expression';
import { SERVICE_ACCOUNT_PREFIX } from './labels';
import { type CalicoRule, readCalicoRule } from './rule';

const KEYS = [
  'tier',
  'order',
  'selector',
  'namespaceSelector',
  'serviceAccountSelector',
  'types',
  'ingress',
  'egress',
  'doNotTrack',
  'preDNAT',
  'applyOnForward',
  'performanceHints',
];

/** What policies of Calico are read with. */
export interface CalicoContext extends Omit<EntityContext, 'namespace'> {
  /** By name. */
  readonly tiers: ReadonlyMap<string, Tier>;
  readonly portSets: PortSets;
  readonly blocks: Blocks;
}

/** Tiers that every cluster with Calico has. */
export const CALICO_TIERS: ReadonlyMap<string, Tier> = new Map([
  ['default', MIDDLE],
  ['adminnetworkpolicy', ADMIN],
  ['kube-admin', ADMIN],
  ['baselineadminnetworkpolicy', BASELINE],
  ['kube-baseline', BASELINE],
]);

/**
 * Reads a NetworkPolicy or GlobalNetworkPolicy of Calico. Where rules are about part of its pods, it becomes several
 * policies of the same place.
 *
 * @see https://docs.tigera.io/calico/latest/reference/resources/networkpolicy
 * @see https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy
 */
export function readCalicoPolicy(manifest: Manifest, context: CalicoContext, problems: Problems): OrderedPolicy[] {
  const spec = Field.of(manifest, problems).mappingAt('spec');
  const unknown = spec.unknownKeys(KEYS);
  const isGlobal = manifest.kind === 'GlobalNetworkPolicy';
  const namespace = isGlobal ? undefined : (manifest.namespace ?? 'default');
  const read = (direction: 'ingress' | 'egress') =>
    spec
      .get(direction)
      .mappings('give a mapping with action')
      .flatMap((field) => readCalicoRule(field, direction, { ...context, namespace }, context));
  const rules = { ingress: read('ingress'), egress: read('egress') };
  const types = readTypes(spec);
  const name = spec.get('tier').value ?? 'default';
  const tier = context.tiers.get(String(name));
  const subject = readSubject(spec, isGlobal);
  const policy = {
    kind: manifest.kind,
    namespace,
    name: manifest.name,
    source: manifest.source,
    tier: tier ?? { name: String(name), order: Number.POSITIVE_INFINITY, end: 'pass' as const },
    order: readOrder(spec.get('order')),
    isTied: false,
  };
  if (appliesToNodes(spec)) {
    return [];
  }
  const parts: OrderedPolicy[] = [
    {
      ...policy,
      subject,
      ingress: types.includes('ingress') ? [] : undefined,
      egress: types.includes('egress') ? [] : undefined,
    },
  ];
  for (const direction of types) {
    for (const { own, rules: some } of runsOf(rules[direction])) {
      const limited = own === undefined ? subject : subject.flatMap((peer) => own.map((more) => narrowed(peer, more)));
      parts.push({ ...policy, subject: limited, ingress: undefined, egress: undefined, [direction]: some });
    }
  }
  const doubts = [...unknown, ...(tier === undefined ? [`the order of Tier ${name}, which no manifest shows`] : [])];
  return doubts.length === 0 ? parts : parts.map((part) => inDoubt(part, doubts.join(' and ')));
}

/** Whether a policy is about endpoints of nodes alone. */
export function appliesToNodes(spec: Field): boolean {
  return spec.get('doNotTrack').value === true || spec.get('preDNAT').value === true;
}

/** Rules one behind the other that apply to the same pods. */
function runsOf(rules: readonly CalicoRule[]): { own: CalicoRule['own']; rules: OrderedRule[] }[] {
  const runs: { own: CalicoRule['own']; rules: OrderedRule[] }[] = [];
  for (const { rule, own } of rules) {
    const last = runs.at(-1);
    if (last !== undefined && last.own === undefined && own === undefined) {
      last.rules.push(rule);
    } else {
      runs.push({ own, rules: [rule] });
    }
  }
  return runs;
}

function narrowed(peer: PodPeer, more: readonly Requirement[]): PodPeer {
  return { namespaces: peer.namespaces, pods: [...peer.pods, ...more] };
}

function readSubject(spec: Field, isGlobal: boolean): readonly PodPeer[] {
  const parts: Expression[] = [readExpression(spec.get('selector'))];
  const given = (key: string) => spec.get(key).isGiven && spec.get(key).value !== '';
  if (given('serviceAccountSelector')) {
    parts.push(prefixed(readExpression(spec.get('serviceAccountSelector')), SERVICE_ACCOUNT_PREFIX));
  }
  if (given('namespaceSelector')) {
    if (!isGlobal) {
      const field = spec.get('namespaceSelector');
      field.report('unknown-field', `${field.place} is for a GlobalNetworkPolicy; leave it out`);
    }
    parts.push(namespaceExpression(readExpression(spec.get('namespaceSelector'))));
  }
  return expanded(spec.get('selector'), { kind: 'and', of: parts }).map((pods) => ({
    namespaces: isGlobal ? [] : 'own',
    pods,
  }));
}

/** Left out, `types` is what there are rules for, and Ingress where there are none. */
function readTypes(spec: Field): readonly ('ingress' | 'egress')[] {
  const types = spec.get('types').items();
  for (const type of types) {
    if (type.value !== 'Ingress' && type.value !== 'Egress') {
      type.wrong('bad-policy-type', 'use Ingress or Egress');
    }
  }
  const has = (key: string) => spec.get(key).items().length > 0;
  const given = types.map(({ value }) => value);
  const isIngress = given.length > 0 ? given.includes('Ingress') : has('ingress') || !has('egress');
  const isEgress = given.length > 0 ? given.includes('Egress') : has('egress');
  return [...(isIngress ? (['ingress'] as const) : []), ...(isEgress ? (['egress'] as const) : [])];
}

/** Policies without an order come last. */
function readOrder(field: Field): number {
  if (!field.isGiven) {
    return Number.POSITIVE_INFINITY;
  }
  if (typeof field.value !== 'number') {
    field.wrong('bad-priority', 'give a number');
    return Number.POSITIVE_INFINITY;
  }
  return field.value;
}

/**
 * A policy of which nobody knows what it means, such as one of a tier that no manifest shows: what is asked before it, and what
 * happens at its end.
 */
function inDoubt(policy: OrderedPolicy, why: string): OrderedPolicy {
  const last = undecidedRule(why);
  const all = (rules: readonly OrderedRule[] | undefined) =>
    rules === undefined ? undefined : rules.length === 0 ? [last] : rules.map((rule) => ruleInDoubt(rule, why));
  return { ...policy, doubt: why, ingress: all(policy.ingress), egress: all(policy.egress) };
}
