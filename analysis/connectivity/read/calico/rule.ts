import { ADDRESSES_END, type AddressRange, IPV6_START } from '../../addresses';
import type { Blocks } from '../../blocks';
import { NONE, type PortSet, type PortSets } from '../../engine/port-sets';
import { NAME_LABEL, type PodPeer, type PortSpec, portKey, type Service } from '../../model';
import type { Requirement } from '../../selector';
import type { Action, OrderedRule } from '../../tiers';
import type { Field } from '../field';
import { type Entity, type EntityContext, readEntity } from './entity';
import { readCalicoPorts } from './ports';

/** A rule, and the pods among those of the policy to which alone it applies. */
export interface CalicoRule {
  readonly rule: OrderedRule;
  /** Alternatives of labels; `undefined` for all pods of the policy. */
  readonly own: readonly (readonly Requirement[])[] | undefined;
}

const ACTIONS = new Map<unknown, Action | 'log'>([
  ['Allow', 'allow'],
  ['Deny', 'deny'],
  ['Pass', 'pass'],
  ['Log', 'log'],
]);

const KEYS = [
  'action',
  'metadata',
  'protocol',
  'notProtocol',
  'icmp',
  'notICMP',
  'ipVersion',
  'source',
  'destination',
  'http',
];

/** Reads a rule; none where it only logs, or is about ICMP and the like. */
export function readCalicoRule(
  field: Field,
  direction: 'ingress' | 'egress',
  context: EntityContext,
  { portSets: sets, blocks }: { readonly portSets: PortSets; readonly blocks: Blocks },
): CalicoRule[] {
  const unknown = field.unknownKeys(KEYS);
  const verb = field.get('action');
  const action = ACTIONS.get(verb.value);
  if (action === undefined) {
    verb.wrong('bad-action', 'use Allow, Deny, Pass or Log');
  }
  const [source, destination] = [field.mappingAt('source'), field.mappingAt('destination')];
  const ends = { source: readEntity(source, context), destination: readEntity(destination, context) };
  const isIngress = direction === 'ingress';
  const peer = isIngress ? ends.source : ends.destination;
  const own = isIngress ? ends.destination : ends.source;
  const { hasExcludedNames, ...written } = readCalicoPorts(field, destination, sets);
  const ports = !isIngress && peer.service !== undefined ? portsOf(peer.service, sets) : written;
  const version = field.get('ipVersion').value;
  const doubts = [
    ...(field.get('http').isGiven ? ['HTTP'] : []),
    ...(source.get('ports').isGiven || source.get('notPorts').isGiven ? ['the port that connections come from'] : []),
    ...unknown,
    ...(own.hasNets || own.service !== undefined ? ['the addresses of pods'] : []),
    ...(own.doubt === undefined ? [] : [own.doubt]),
    ...(hasExcludedNames ? ['what the names of ports in notPorts stand for'] : []),
    ...(version === 6 ? ['whether pods have IPv6 addresses'] : []),
    ...(peer.doubt === undefined ? [] : [peer.doubt]),
  ];
  if (action === 'log' || action === undefined || (ports.numbers === NONE && ports.names.length === 0)) {
    return [];
  }
  const base = {
    index: field.path.at(-1) as number,
    action,
    verb: verb.value as string,
    name: undefined,
    ports,
  };
  const met = { ...peersOf(peer), addresses: ofVersion(peer.ranges, version) };
  // They are addresses of pods and nodes as well, as far as those of an ipBlock are.
  const placed = { ...met, block: blocks.of({ everybody: false, addresses: ofVersion(peer.held, version) }) };
  return [{ rule: { ...base, ...(doubts.length > 0 ? inDoubt(placed, peer, doubts) : placed) }, own: own.pods }];
}

type Met = Pick<OrderedRule, 'everybody' | 'pods' | 'addresses' | 'block' | 'nodes' | 'doubtful'>;

/** Whom a rule meets for sure, and whom perhaps. */
function peersOf(peer: Entity): Omit<Met, 'addresses' | 'block'> {
  if (peer.service !== undefined) {
    return { everybody: false, pods: [podsOf(peer.service)], nodes: undefined };
  }
  const isByAddress = peer.hasNets;
  const pods: readonly PodPeer[] = (peer.pods ?? [[]]).map((selector) => ({ namespaces: [], pods: selector }));
  // A rule that asks for addresses alone is one like an ipBlock: who asks about pods knows what that means.
  const isUnknown = isByAddress && peer.pods !== undefined;
  return {
    everybody: peer.isAnybody,
    pods: isByAddress ? [] : pods,
    nodes: peer.isSelecting || isByAddress || peer.doubt !== undefined ? undefined : 'all',
    ...(isUnknown ? { doubtful: { everybody: false, pods, addresses: [], why: 'the addresses of pods' } } : {}),
  };
}

function inDoubt(met: Met, peer: Entity, doubts: readonly string[]): Met {
  return {
    everybody: false,
    pods: [],
    addresses: [],
    nodes: met.nodes === undefined ? undefined : 'some',
    doubtful: {
      everybody: met.everybody || peer.doubt !== undefined,
      pods: [...met.pods, ...(met.doubtful?.pods ?? [])],
      addresses: met.addresses,
      block: met.block,
      why: doubts.join(' and '),
    },
  };
}

/** The pods that a Service selects. */
export function podsOf({ namespace, selector }: Service): PodPeer {
  const is = (key: string, value: string): Requirement => ({ key, operator: 'In', values: new Set([value]) });
  return { namespaces: [is(NAME_LABEL, namespace)], pods: [...selector].map(([key, value]) => is(key, value)) };
}

/** The ports of pods to which a Service leads. */
function portsOf({ ports }: Service, sets: PortSets): PortSpec {
  let numbers: PortSet = NONE;
  const names: string[] = [];
  for (const { protocol, target } of ports) {
    if (typeof target === 'number') {
      numbers = sets.union(numbers, sets.range(protocol, target, target));
    } else {
      names.push(portKey(protocol, target));
    }
  }
  return { numbers, names: [...new Set(names)].sort() };
}

function ofVersion(ranges: readonly AddressRange[], version: unknown): readonly AddressRange[] {
  if (version !== 4 && version !== 6) {
    return ranges;
  }
  const family = version === 4 ? { start: 0n, end: IPV6_START } : { start: IPV6_START, end: ADDRESSES_END };
  return ranges.filter(({ start }) => start >= family.start && start < family.end);
}
