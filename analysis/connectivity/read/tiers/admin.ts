import type { Manifest } from '../../../manifest';
import type { PortSets } from '../../engine/port-sets';
import { type Action, ADMIN, BASELINE, type OrderedPolicy, type OrderedRule, ruleInDoubt } from '../../tiers';
import { EVERY_PORT } from '../every-port';
import { Field, type Problems } from '../field';
import { readPeers, readSubject } from './peers';
import { readPorts, readProtocols } from './ports';

/** The group of the policies of the admin tiers. */
export const ADMIN_GROUP = 'policy.networking.k8s.io';

/** What differs between the kinds. */
interface Kind {
  readonly keys: readonly string[];
  readonly verbs: ReadonlyMap<string, Action>;
  readonly portsKey: 'protocols' | 'ports';
  readonly mostRules: number;
}

const KINDS = new Map<string, Kind>([
  [
    'ClusterNetworkPolicy',
    {
      keys: ['tier', 'priority', 'subject', 'ingress', 'egress'],
      verbs: new Map([
        ['Accept', 'allow'],
        ['Deny', 'deny'],
        ['Pass', 'pass'],
      ]),
      portsKey: 'protocols',
      mostRules: 25,
    },
  ],
  [
    'AdminNetworkPolicy',
    {
      keys: ['priority', 'subject', 'ingress', 'egress'],
      verbs: new Map([
        ['Allow', 'allow'],
        ['Deny', 'deny'],
        ['Pass', 'pass'],
      ]),
      portsKey: 'ports',
      mostRules: 100,
    },
  ],
  [
    'BaselineAdminNetworkPolicy',
    {
      keys: ['subject', 'ingress', 'egress'],
      verbs: new Map([
        ['Allow', 'allow'],
        ['Deny', 'deny'],
      ]),
      portsKey: 'ports',
      mostRules: 100,
    },
  ],
]);

/** Whether a manifest is a policy of the admin tiers. */
export function isAdminPolicy({ group, kind }: Pick<Manifest, 'group' | 'kind'>): boolean {
  return group === ADMIN_GROUP && KINDS.has(kind);
}

/**
 * Reads a ClusterNetworkPolicy, AdminNetworkPolicy or BaselineAdminNetworkPolicy. All of it is checked.
 *
 * @see https://network-policy-api.sigs.k8s.io/reference/spec/
 */
export function readAdminPolicy(manifest: Manifest, sets: PortSets, problems: Problems): OrderedPolicy {
  const kind = KINDS.get(manifest.kind) as Kind;
  const root = Field.of(manifest, problems);
  const spec = root.mappingAt('spec');
  const unknown = spec.unknownKeys(kind.keys);
  const isBaseline = manifest.kind === 'BaselineAdminNetworkPolicy';
  if (isBaseline && manifest.name !== 'default') {
    root.get('metadata').get('name').wrong('bad-name', 'a BaselineAdminNetworkPolicy is called default');
  }
  return {
    kind: manifest.kind,
    namespace: undefined,
    name: manifest.name,
    source: manifest.source,
    tier: isBaseline || (manifest.kind === 'ClusterNetworkPolicy' && readTier(spec) === 'Baseline') ? BASELINE : ADMIN,
    order: isBaseline ? 0 : readPriority(spec.get('priority')),
    subject: [readSubject(spec.mappingAt('subject'))],
    isTied: true,
    ingress: someOf(readRules(spec.get('ingress'), 'from', kind, sets), unknown),
    egress: someOf(readRules(spec.get('egress'), 'to', kind, sets), unknown),
  };
}

/**
 * A policy without rules for a direction says nothing of it.
 *
 * @param unknown fields of the policy that are not known, by which its rules may mean something else
 */
function someOf(rules: readonly OrderedRule[], [unknown]: readonly string[]): readonly OrderedRule[] | undefined {
  const all = unknown === undefined ? rules : rules.map((rule) => ruleInDoubt(rule, unknown));
  return all.length === 0 ? undefined : all;
}

function readTier(spec: Field): unknown {
  const tier = spec.get('tier');
  if (tier.value !== 'Admin' && tier.value !== 'Baseline') {
    tier.wrong('bad-tier', 'use Admin or Baseline');
  }
  return tier.value;
}

function readPriority(field: Field): number {
  const { value } = field;
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1000) {
    return value as number;
  }
  field.wrong('bad-priority', 'give an integer from 0 to 1000');
  return 0;
}

function readRules(list: Field, peersKey: 'from' | 'to', kind: Kind, sets: PortSets): readonly OrderedRule[] {
  const rules = list.mappings(`give a mapping with action and ${peersKey}`);
  if (rules.length > kind.mostRules) {
    list.report('bad-shape', `${list.place} has ${rules.length} rules; give at most ${kind.mostRules}`);
  }
  return rules.flatMap((field) => readRule(field, peersKey, kind, sets));
}

function readRule(field: Field, peersKey: 'from' | 'to', kind: Kind, sets: PortSets): OrderedRule[] {
  const [strange] = field.unknownKeys(['name', 'action', peersKey, kind.portsKey]);
  const verb = field.get('action');
  const action = kind.verbs.get(verb.value as string);
  if (action === undefined) {
    verb.wrong('bad-action', `use ${[...kind.verbs.keys()].join(' or ')}`);
  }
  const name = field.get('name');
  if (name.isGiven && (typeof name.value !== 'string' || name.value.length > 100)) {
    name.wrong('bad-shape', 'give a text of at most 100 characters');
  }
  const { unknown, ...peers } = readPeers(field, peersKey, action ?? 'deny');
  const ports = kind.portsKey === 'ports' ? readPorts : readProtocols;
  const rule: OrderedRule = {
    index: field.path.at(-1) as number,
    action: action ?? 'deny',
    verb: typeof verb.value === 'string' ? verb.value : 'Deny',
    name: typeof name.value === 'string' ? name.value : undefined,
    everybody: false,
    ...peers,
    ports: ports(field.get(kind.portsKey), sets),
  };
  if (unknown !== undefined) {
    return [{ ...failClosed(rule), unknown }];
  }
  return [strange === undefined ? rule : ruleInDoubt(rule, strange)];
}

/** What a rule means that has a peer which nobody knows: nobody is let through, everybody is denied. */
function failClosed(rule: OrderedRule): OrderedRule {
  const isAllow = rule.action === 'allow';
  return {
    ...rule,
    action: isAllow ? 'allow' : 'deny',
    everybody: !isAllow,
    pods: [],
    nodes: undefined,
    addresses: [],
    blocks: [],
    doubtful: undefined,
    ports: isAllow ? rule.ports : EVERY_PORT,
  };
}
