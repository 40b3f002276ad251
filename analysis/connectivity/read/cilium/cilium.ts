import type { Manifest } from '../../../manifest';
import type { AddressRange } from '../../addresses';
import type { Nodes } from '../../blocks';
import type { PortSet, PortSets } from '../../engine/port-sets';
import type { Pod, PodOwner, PortSpec, Service } from '../../model';
import type { OrderedPolicy } from '../../tiers';
import { readBlock } from '../addresses';
import { Field, type Problems } from '../field';
import { withAccount } from './labels';
import { isAboutNodes, isAboutProxies, readCiliumPolicy } from './policy';

const GROUP = 'cilium.io';
const POLICIES = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'];

/** Whether a manifest is something of Cilium that is evaluated. */
export function isCilium({ group, kind }: Pick<Manifest, 'group' | 'kind'>): boolean {
  return group === GROUP && (POLICIES.includes(kind) || kind === 'CiliumCIDRGroup');
}

/** What policies of Cilium are read beside. */
export interface CiliumInput {
  readonly manifests: readonly Manifest[];
  readonly owners: readonly PodOwner[];
  readonly nodes: Nodes;
  readonly services: readonly Service[];
  readonly sets: PortSets;
}

/** The policies of Cilium, and those of them that are about nodes alone. */
export interface Cilium {
  readonly policies: readonly OrderedPolicy[];
  readonly aboutNodes: readonly Manifest[];
  /** Those that apply to the proxies of Ingresses and Gateways too. */
  readonly aboutProxies: readonly Manifest[];
  /** A pod with the labels that these policies may ask for. */
  labelled(pod: Pod): Pod;
}

/** Reads everything of Cilium that decides who may connect to whom. */
export function readCilium({ manifests, owners, nodes, services, sets }: CiliumInput, problems: Problems): Cilium {
  const own = manifests.filter((one) => isCilium(one) && POLICIES.includes(one.kind));
  if (own.length === 0) {
    return { policies: [], aboutNodes: [], aboutProxies: [], labelled: (pod) => pod };
  }
  const groups = manifests
    .filter((one) => isCilium(one) && one.kind === 'CiliumCIDRGroup')
    .map((manifest) => ({
      name: manifest.name,
      labels: manifest.labels,
      addresses: Field.of(manifest, problems).mappingAt('spec').get('externalCIDRs').items().flatMap(readBlock),
    }));
  const hasNodes = owners.some(({ pods }) => pods.some(({ onNode }) => onNode));
  const mayBeNodes = (addresses: readonly AddressRange[]) =>
    hasNodes &&
    addresses.some(
      ({ start, end }) => nodes.ranges.length === 0 || nodes.ranges.some((one) => one.start < end && start < one.end),
    );
  const names = numbersByName(owners);
  const isAmbiguous = ({ names: asked }: PortSpec) => asked.some((name) => (names.get(name)?.size ?? 0) > 1);
  const context = { groups, services, sets, mayBeNodes, isAmbiguous };
  return {
    policies: own.flatMap((manifest) => readCiliumPolicy(manifest, context, problems)),
    aboutNodes: own.filter(isAboutNodes),
    aboutProxies: own.filter(isAboutProxies),
    labelled: withAccount,
  };
}

/** What pods mean by the names of ports. */
function numbersByName(owners: readonly PodOwner[]): ReadonlyMap<string, ReadonlySet<PortSet>> {
  const numbers = new Map<string, Set<PortSet>>();
  for (const [name, ports] of owners.flatMap(({ pods }) => pods.flatMap(({ namedPorts }) => [...namedPorts]))) {
    numbers.set(name, (numbers.get(name) ?? new Set()).add(ports));
  }
  return numbers;
}
