import type { AddressRange } from '../../addresses';
import type { Doubtful, PodPeer, Service } from '../../model';
import { EVERY_ADDRESS } from '../../networks';
import type { OrderedRule } from '../../tiers';
import { readBlock } from '../addresses';
import { podsOf } from '../calico/rule';
import type { Field } from '../field';
import { type CidrGroup, readCidrSet } from './cidrs';
import { ENTITIES, type Identity, metBy } from './identities';
import { readEndpoints } from './selector';

/** What peers are looked up in. */
export interface PeerContext {
  /** The namespace of the policy; `any` for one of the whole cluster. */
  readonly own: string | 'any';
  readonly groups: readonly CidrGroup[];
  readonly services: readonly Service[];
  /** Whether there are pods on the network of their node, of which some may have one of these addresses. */
  mayBeNodes(addresses: readonly AddressRange[]): boolean;
}

/** Whom a rule is about. */
export type Peers = Pick<OrderedRule, 'everybody' | 'pods' | 'addresses' | 'nodes' | 'proxies' | 'doubtful'> & {
  /** The list that names them; left out where there is none. */
  readonly list?: string;
};

const NOBODY: Peers = { everybody: false, pods: [], addresses: [], nodes: undefined, proxies: false };
const EVERYBODY: Peers = { ...NOBODY, everybody: true, proxies: true };

/** The lists of peers of a rule, without what stands before: `Endpoints` of `fromEndpoints`. */
const LISTS = ['Endpoints', 'Entities', 'CIDR', 'CIDRSet', 'Nodes', 'Groups'];
const EGRESS_LISTS = [...LISTS, 'Services', 'FQDNs'];

/** The keys of the peers of a rule. */
export function peerKeys(from: 'from' | 'to'): readonly string[] {
  return (from === 'from' ? LISTS : EGRESS_LISTS).map((list) => `${from}${list}`);
}

/**
 * Reads the peers of a rule, which has one list of them: without any it is about everybody, and with an empty one about nobody.
 *
 * @returns `refused` for a rule with several lists, for which Cilium takes no part of the policy
 */
export function readPeers(rule: Field, from: 'from' | 'to', context: PeerContext): Peers | 'refused' {
  const given = peerKeys(from)
    .map((key) => rule.get(key))
    .filter((list) => list.isGiven);
  const filled = given.filter((list) => list.items().length > 0);
  const [list] = filled;
  if (filled.length > 1) {
    const names = filled.map(({ path }) => path.at(-1)).join(' and ');
    rule.report('bad-peer', `${rule.place} has ${names}, which Cilium takes in rules of their own`, 'tolerable');
    return 'refused';
  }
  if (list === undefined) {
    return given.length === 0 ? EVERYBODY : NOBODY;
  }
  if (filled.length < given.length) {
    return NOBODY;
  }
  const key = String(list.path.at(-1));
  return { ...READERS[key.slice(from.length)]?.(list, context), list: key } as Peers;
}

const READERS: Readonly<Record<string, (list: Field, context: PeerContext) => Peers>> = {
  Endpoints: (list, { own }) => {
    const all = list
      .mappings('give a selector, {} for all endpoints')
      .map((field) => readEndpoints(field, own, 'peers'));
    const met = metBy(new Set(all.filter(({ doubt }) => doubt === undefined).flatMap(({ identities }) => identities)));
    const pods = all.flatMap((one, item): { peer: PodPeer; doubt: string | undefined }[] =>
      one.pods === undefined ? [] : [{ peer: { ...one.pods, item }, doubt: one.doubt }],
    );
    const unsure = all.flatMap(({ doubt, identities }): Doubtful[] =>
      doubt === undefined ? [] : [{ everybody: identities.length > 0, pods: [], addresses: [], why: doubt }],
    );
    const podsInDoubt = pods.flatMap(({ peer, doubt }) => (doubt === undefined ? [] : [peer]));
    return {
      ...peersOf(met, [...met.doubts, ...unsure], podsInDoubt),
      pods: pods.flatMap(({ peer, doubt }) => (doubt === undefined ? [peer] : [])),
    };
  },
  Entities: (list) => {
    const names = list.items();
    for (const name of names) {
      if (name.value !== 'all' && !ENTITIES.has(name.value)) {
        name.wrong('bad-peer', `use all, ${[...ENTITIES.keys()].join(', ')}`);
      }
    }
    if (names.some(({ value }) => value === 'all')) {
      return EVERYBODY;
    }
    const meanings = names.flatMap(({ value }) => ENTITIES.get(value) ?? []);
    const world = meanings.filter(({ identities }) => identities.includes('world'));
    const met = metBy(new Set<Identity>(meanings.flatMap(({ identities }) => identities)));
    const isWhole = world.some(({ family }) => family === undefined);
    const families = EVERY_ADDRESS.filter(
      (_, at) => isWhole || world.some(({ family }) => family === (at === 0 ? 4 : 6)),
    );
    return {
      ...peersOf({ ...met, addresses: families }, met.doubts, []),
      pods: meanings.some(({ hasPods }) => hasPods) ? [{ namespaces: [], pods: [] }] : [],
    };
  },
  CIDR: (list, context) => outside(list.items().flatMap(readBlock), undefined, context),
  CIDRSet: (list, context) => {
    const sets = list.mappings('give a mapping with cidr').map((field) => readCidrSet(field, context.groups));
    return outside(
      sets.flatMap(({ addresses }) => addresses),
      sets.find(({ doubt }) => doubt !== undefined)?.doubt,
      context,
    );
  },
  Nodes: () => doubted({ nodes: 'some', why: 'the labels of nodes' }),
  Groups: () => doubted({ addresses: EVERY_ADDRESS, why: 'groups of a cloud' }),
  FQDNs: () => doubted({ addresses: EVERY_ADDRESS, why: 'toFQDNs' }),
  Services: (list, { services, own }) => {
    const meant = list.mappings('give a mapping with k8sService').map((item): readonly PodPeer[] | undefined => {
      const named = item.get('k8sService');
      const namespace = named.get('namespace').value ?? (own === 'any' ? 'default' : own);
      const service = services.find(
        (one) => one.name === named.get('serviceName').value && one.namespace === namespace && one.selector.size > 0,
      );
      return service === undefined ? undefined : [podsOf(service)];
    });
    const isKnown = !meant.includes(undefined);
    return doubted({
      pods: isKnown ? (meant as (readonly PodPeer[])[]).flat() : [{ namespaces: [], pods: [] }],
      addresses: isKnown ? [] : EVERY_ADDRESS,
      why: 'toServices',
    });
  },
};

function doubted({ why, nodes, ...meant }: Partial<Peers> & { pods?: readonly PodPeer[]; why: string }): Peers {
  return { ...NOBODY, nodes, doubtful: { everybody: false, pods: [], addresses: [], ...meant, why } };
}

/** Addresses of a rule match what is outside alone; nodes only where Cilium is told so. */
function outside(addresses: readonly AddressRange[], doubt: string | undefined, { mayBeNodes }: PeerContext): Peers {
  const nobody = { everybody: false, pods: [], addresses: [] };
  const areNodes = mayBeNodes(doubt === undefined ? addresses : EVERY_ADDRESS);
  return {
    ...NOBODY,
    ...peersOf(
      { addresses, nodes: areNodes ? 'some' : undefined, proxies: false },
      [
        ...(doubt === undefined ? [] : [{ ...nobody, addresses: EVERY_ADDRESS, why: doubt }]),
        ...(areNodes ? [{ ...nobody, why: 'whether blocks of addresses match nodes (policyCIDRMatchMode)' }] : []),
      ],
      [],
    ),
  };
}

function peersOf(
  { addresses, nodes, proxies }: Pick<OrderedRule, 'addresses' | 'nodes' | 'proxies'>,
  doubts: readonly Doubtful[],
  podsInDoubt: readonly PodPeer[],
): Peers {
  const base = { ...NOBODY, addresses, nodes, proxies: proxies === true };
  return doubts.length + podsInDoubt.length === 0
    ? base
    : {
        ...base,
        doubtful: {
          everybody: doubts.some(({ everybody }) => everybody),
          pods: [...podsInDoubt, ...doubts.flatMap(({ pods }) => pods)],
          addresses: doubts.flatMap((one) => one.addresses),
          why: [...new Set(doubts.map(({ why }) => why))].join(' and '),
        },
      };
}
