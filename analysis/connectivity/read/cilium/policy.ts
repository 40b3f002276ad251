import type { Manifest } from '../../../manifest';
import { isMapping } from '../../../manifest/value';
import type { Direction, PodPeer } from '../../model';
import { CILIUM, MIDDLE, NETWORK_POLICY_ORDER, type OrderedPolicy, type OrderedRule, ruleInDoubt } from '../../tiers';
import { Field, type Problems } from '../field';
import { undecidedRule } from '../undecided-rule';
import { type CiliumRule, type RuleContext, readRule } from './rule';
import { readEndpoints } from './selector';

const KEYS = [
  'endpointSelector',
  'nodeSelector',
  'ingress',
  'ingressDeny',
  'egress',
  'egressDeny',
  'enableDefaultDeny',
  'labels',
  'description',
  'log',
];

/** The order of what stands for a policy in its tier: what closes is asked before what opens. */
const DENYING = 0;
const MAY_DENY = 1;
const ALLOWING = 2;

/** Behind all NetworkPolicies, where nobody knows whether a policy closes what none of them allows. */
const BEHIND = { name: 'Cilium', order: MIDDLE.order + 1, end: 'pass' as const };

/** Whether a policy is about nodes alone. */
export function isAboutNodes({ object }: Manifest): boolean {
  const all = specsOf(object);
  return all.length > 0 && all.every(([, spec]) => isMapping(spec) && isMapping(spec.nodeSelector));
}

/** Whether a policy applies to the proxies of Ingresses and Gateways too, which are no pods. */
export function isAboutProxies(manifest: Manifest): boolean {
  const root = Field.of(manifest, []);
  const isOfCluster = manifest.kind === 'CiliumClusterwideNetworkPolicy';
  return (isOfCluster ? [root.get('spec'), ...root.get('specs').items()] : [])
    .map((spec) => spec.get('endpointSelector'))
    .some((field) => field.isGiven && readEndpoints(field, 'any', 'subject').identities.includes('ingress'));
}

/**
 * Reads a CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy. It becomes several policies, for each direction: what it
 * denies, what it allows, and what is closed since it selects a pod.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/
 */
export function readCiliumPolicy(
  manifest: Manifest,
  context: Omit<RuleContext, 'own'>,
  problems: Problems,
): readonly OrderedPolicy[] {
  const isOfCluster = manifest.kind === 'CiliumClusterwideNetworkPolicy';
  const own = isOfCluster ? 'any' : (manifest.namespace ?? 'default');
  const root = Field.of(manifest, problems);
  const specs = [
    ...(root.get('spec').isGiven ? [{ field: root.mappingAt('spec'), behind: '' }] : []),
    ...root
      .get('specs')
      .mappings('give a mapping with endpointSelector')
      .map((field, index) => ({ field, behind: ` of specs[${index}]` })),
  ];
  if (specs.length === 0) {
    root.report('bad-shape', 'spec is missing; give endpointSelector and rules');
  }
  const read = specs.map(({ field, behind }) => readSpec(field, behind, { ...context, own }));
  const isRefused = read.some((spec) => spec.isRefused);
  const header = {
    kind: manifest.kind,
    namespace: isOfCluster ? undefined : own,
    name: manifest.name,
    source: manifest.source,
    isTied: false,
  };
  return read.flatMap(({ parts, doubts }) => {
    const all = [...doubts, ...(isRefused ? ['whether Cilium takes it'] : [])];
    const whole = parts.map((part): OrderedPolicy => ({ ...header, ...part }));
    return all.length === 0 ? whole : whole.map((part) => inDoubt(part, all.join(' and ')));
  });
}

type Part = Pick<OrderedPolicy, 'tier' | 'order' | 'subject' | 'ingress' | 'egress'>;

interface Spec {
  readonly parts: readonly Part[];
  /** Why nobody knows what it means as a whole. */
  readonly doubts: readonly string[];
  readonly isRefused: boolean;
}

function readSpec(spec: Field, behind: string, context: RuleContext): Spec {
  const unknown = spec.unknownKeys(KEYS);
  const [endpoints, nodes] = [spec.get('endpointSelector'), spec.get('nodeSelector')];
  if (endpoints.isGiven === nodes.isGiven) {
    spec.report('bad-subject', `${spec.place}: give either endpointSelector or nodeSelector`);
  }
  const { pods, doubt } = readEndpoints(endpoints, context.own, 'subject');
  const subject: readonly PodPeer[] = pods === undefined || !endpoints.isGiven ? [] : [pods];
  const read = (direction: Direction) => {
    const rulesOf = (name: string): readonly CiliumRule[] =>
      spec
        .get(name)
        .mappings('give a mapping, {} for a rule that allows nothing')
        .map((field) => readRule(field, { direction, name, behind }, context));
    const [allowed, denied] = [rulesOf(direction), rulesOf(`${direction}Deny`)];
    const part = (order: number, rules: readonly OrderedRule[]): Part[] =>
      rules.length === 0
        ? []
        : [{ tier: CILIUM, order, subject, ingress: undefined, egress: undefined, [direction]: rules }];
    const closes = closesByDefault(spec.get('enableDefaultDeny').get(direction), allowed.length + denied.length > 0);
    const rest: Part = {
      tier: MIDDLE,
      order: NETWORK_POLICY_ORDER - 1,
      subject,
      ingress: undefined,
      egress: undefined,
      [direction]: [],
    };
    return {
      parts: [
        ...part(
          DENYING,
          denied.flatMap(({ rules }) => rules),
        ),
        ...part(
          MAY_DENY,
          allowed.flatMap(({ closing }) => closing),
        ),
        ...part(
          ALLOWING,
          allowed.flatMap(({ rules }) => rules),
        ),
        ...(closes ? [rest] : []),
      ],
      isRefused: [...allowed, ...denied].some((rule) => rule.isRefused),
    };
  };
  const both = [read('ingress'), read('egress')];
  return {
    parts: subject.length === 0 ? [] : both.flatMap(({ parts }) => parts),
    doubts: [...unknown, ...(doubt === undefined ? [] : [doubt])],
    isRefused: both.some(({ isRefused }) => isRefused),
  };
}

/** Whether what no rule allows is closed: where there are rules, unless the policy says otherwise. */
function closesByDefault(field: Field, hasRules: boolean): boolean {
  if (field.isGiven && typeof field.value !== 'boolean') {
    field.wrong('bad-shape', 'give true or false');
  }
  return typeof field.value === 'boolean' ? field.value : hasRules;
}

/** A part of a policy of which nobody knows what it means. */
function inDoubt(part: OrderedPolicy, why: string): OrderedPolicy {
  const all = (rules: readonly OrderedRule[] | undefined) => rules?.map((rule) => ruleInDoubt(rule, why));
  if (part.tier !== MIDDLE) {
    return { ...part, doubt: why, ingress: all(part.ingress), egress: all(part.egress) };
  }
  const last = undecidedRule(why);
  const some = (rules: readonly OrderedRule[] | undefined) => (rules === undefined ? undefined : [last]);
  return { ...part, doubt: why, tier: BEHIND, order: 0, ingress: some(part.ingress), egress: some(part.egress) };
}

function specsOf(object: Manifest['object']): readonly (readonly [string, unknown])[] {
  const { spec, specs } = object;
  return [
    ...(isMapping(spec) ? [['spec', spec] as const] : []),
    ...(Array.isArray(specs) ? specs.map((one) => ['specs', one] as const) : []),
  ];
}
