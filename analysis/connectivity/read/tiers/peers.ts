import { isNear } from '../../../manifest/near';
import { parseCidr } from '../../addresses';
import type { Block, PodPeer } from '../../model';
import { EVERY_ADDRESS } from '../../networks';
import type { Action, OrderedRule } from '../../tiers';
import type { Field } from '../field';
import { readSelector } from '../selector';

/** Whom a rule of the admin tiers is about. */
export type Peers = Pick<OrderedRule, 'pods' | 'nodes' | 'addresses' | 'blocks' | 'doubtful'> & {
  /** The keys of a peer without a key that is known, for which the rule as a whole fails closed. */
  readonly unknown: readonly string[] | undefined;
};

const POD_PEERS = ['namespaces', 'pods'];
const EGRESS_PEERS = [...POD_PEERS, 'nodes', 'networks', 'domainNames'];

/** Reads `subject`, which has one of `namespaces` and `pods`. */
export function readSubject(field: Field): PodPeer {
  const given = POD_PEERS.filter((key) => field.get(key).isGiven);
  field.checkKeys(POD_PEERS);
  if (given.length !== 1) {
    field.report('bad-subject', `${field.place} has ${saidOf(given)}; give either namespaces or pods`);
  }
  return readPodPeers(field)[0] ?? { namespaces: [], pods: NOTHING };
}

/** Reads `from` or `to`: at least one peer, each with exactly one key. */
export function readPeers(field: Field, key: 'from' | 'to', action: Action): Peers {
  const list = field.get(key);
  const known = key === 'from' ? POD_PEERS : EGRESS_PEERS;
  const items = list.mappings(`give a mapping with one of ${known.join(', ')}`);
  if (!Array.isArray(list.value) || list.value.length === 0) {
    list.report('bad-peer', `${list.place} is ${list.isGiven ? 'empty' : 'missing'}; give at least one peer`);
  }
  const unknown = items.filter((item) => !checkPeer(item, known)).flatMap((item) => item.members());
  const nodes = items.map((item) => item.get('nodes')).filter((item) => item.isGiven);
  const domains = items.map((item) => item.get('domainNames')).filter((item) => item.isGiven);
  for (const item of action === 'allow' ? [] : domains) {
    item.report('bad-peer', `${item.place}: domain names are for rules that allow`);
  }
  const selected = nodes.map((item) => readSelector(item));
  const blocks = key === 'from' ? [] : items.flatMap((field, item) => readNetworks(field.get('networks'), item));
  return {
    pods: items.flatMap((field, item) => readPodPeers(field).map((peer) => ({ ...peer, item }))),
    nodes:
      key === 'from' || selected.length === 0
        ? undefined
        : selected.some((selector) => selector.length === 0)
          ? 'all'
          : 'some',
    addresses: blocks.flatMap(({ addresses }) => addresses),
    blocks,
    doubtful:
      key === 'to' && domains.length > 0
        ? { everybody: false, pods: [], addresses: EVERY_ADDRESS, why: 'domainNames' }
        : undefined,
    unknown: items.some((item) => isUnknown(item, known)) ? unknown.map(([name]) => name) : undefined,
  };
}

/** Reports a peer that an API server refuses. Whether it has exactly one key, and that is known. */
function checkPeer(peer: Field, known: readonly string[]): boolean {
  const keys = peer.members().filter(([, member]) => member.isGiven);
  if (keys.length !== 1) {
    const advice = `give exactly one of ${known.join(', ')}`;
    peer.report('bad-peer', `${peer.place} has ${saidOf(keys.map(([key]) => key))}; ${advice}`);
  }
  for (const [key, member] of keys) {
    // A key like a known one is a typing mistake; another may be one of a later version, for which rules fail closed.
    const like = known.find((name) => name !== key && (name.toLowerCase() === key.toLowerCase() || isNear(name, key)));
    if (!known.includes(key) && like !== undefined) {
      member.report('unknown-field', `${member.place} is no field of this kind; did you mean ${like}?`);
    }
  }
  return !isUnknown(peer, known);
}

function isUnknown(peer: Field, known: readonly string[]): boolean {
  return !known.some((key) => peer.get(key).isGiven);
}

function readPodPeers(field: Field): PodPeer[] {
  const namespaces = field.get('namespaces');
  const pods = field.get('pods');
  const peers: PodPeer[] = [];
  if (namespaces.isGiven) {
    peers.push({ namespaces: readSelector(namespaces), pods: [] });
  }
  if (pods.isGiven) {
    pods.checkKeys(['namespaceSelector', 'podSelector']);
    const podSelector = pods.get('podSelector');
    if (!podSelector.isGiven) {
      podSelector.report('bad-peer', `${podSelector.place} is missing; give a selector, {} for all pods`);
    }
    peers.push({ namespaces: readSelector(pods.get('namespaceSelector')), pods: readSelector(podSelector) });
  }
  return peers;
}

function readNetworks(field: Field, item: number): readonly Block[] {
  return field.items().flatMap((network) => {
    const cidr = typeof network.value === 'string' ? network.value : '';
    const block = parseCidr(cidr);
    if ('advice' in block) {
      network.wrong('bad-cidr', block.advice);
      return [];
    }
    return [{ item, cidr, except: [], addresses: [{ start: block.start, end: block.end }] }];
  });
}

function saidOf(keys: readonly string[]): string {
  return keys.length === 0 ? 'no key' : keys.join(' and ');
}

/** No pod at all: no label has a value of none. */
const NOTHING = [{ key: '', operator: 'In' as const, values: new Set<string>() }];
