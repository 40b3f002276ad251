import { Address6 } from 'ip-address';
import { type Problems, shown } from '../values';
import { CalicoCniType, type CalicoInstallation, CalicoIpamType, CalicoProvider } from './installation';
import { CalicoDataplane, CalicoEncapsulation } from './network';
import { bgpOf, pluginsOf, wholePool } from './spec';

/** The plugins for addresses that suit a plugin for the network. */
const IPAM: Readonly<Record<CalicoCniType, readonly CalicoIpamType[]>> = {
  [CalicoCniType.CALICO]: [CalicoIpamType.CALICO, CalicoIpamType.HOST_LOCAL],
  [CalicoCniType.GKE]: [CalicoIpamType.HOST_LOCAL],
  [CalicoCniType.AMAZON_VPC]: [CalicoIpamType.AMAZON_VPC],
  [CalicoCniType.AZURE_VNET]: [CalicoIpamType.AZURE_VNET],
};

/** The one provider whose network plugin this is. */
const HOME: ReadonlyMap<CalicoCniType, CalicoProvider> = new Map([
  [CalicoCniType.GKE, CalicoProvider.GKE],
  [CalicoCniType.AMAZON_VPC, CalicoProvider.EKS],
  [CalicoCniType.AZURE_VNET, CalicoProvider.AKS],
]);

const { IPIP, IPIP_CROSS_SUBNET, NONE, VXLAN, VXLAN_CROSS_SUBNET } = CalicoEncapsulation;

/** What the operator would refuse, of settings that are right on their own. */
export function compatibilityProblems(what: string, installation: CalicoInstallation): Problems {
  return [
    ...pluginProblems(`${what}.cni`, installation),
    ...networkProblems(`${what}.calicoNetwork`, installation),
    ...poolProblems(`${what}.calicoNetwork.ipPools`, installation),
    ...osProblems(`${what}.controlPlaneNodeSelector`, installation),
  ];
}

function pluginProblems(what: string, installation: CalicoInstallation): Problems {
  const { type, ipam } = pluginsOf(installation);
  const provider = installation.kubernetesProvider;
  const home = HOME.get(type);
  return [
    ...(IPAM[type].includes(ipam)
      ? []
      : [`${what}.ipam is ${shown(ipam)}; with the network plugin ${type} give ${IPAM[type].join(' or ')}`]),
    ...(home === undefined || provider === undefined || provider === home
      ? []
      : [
          `${what}.type is ${shown(type)}; that plugin is for ${home} only, and kubernetesProvider is ${shown(provider)}`,
        ]),
  ];
}

function networkProblems(what: string, installation: CalicoInstallation): Problems {
  const { bgp, hostPorts, containerIpForwarding, linuxDataplane } = installation.calicoNetwork ?? {};
  const { type } = pluginsOf(installation);
  const problems: Problems = [];
  if (type !== CalicoCniType.CALICO) {
    const switches = { bgp, hostPorts, containerIpForwarding };
    for (const [key, on] of Object.entries(switches).filter(([, held]) => held)) {
      problems.push(`${what}.${key} is ${on}; it needs the network plugin Calico, and this is ${type}`);
    }
  }
  if (linuxDataplane === CalicoDataplane.VPP) {
    const needed: [boolean, string][] = [
      [type === CalicoCniType.CALICO, 'the network plugin Calico'],
      [bgpOf(installation), 'bgp'],
      [hostPorts !== false, 'hostPorts'],
    ];
    const missing = needed.filter(([there]) => !there).map(([, name]) => name);
    problems.push(...missing.map((name) => `${what}.linuxDataplane is "VPP"; it needs ${name}`));
  }
  return problems;
}

function poolProblems(what: string, installation: CalicoInstallation): Problems {
  const { type, ipam } = pluginsOf(installation);
  const ownPlugin = type === CalicoCniType.CALICO;
  const bgp = bgpOf(installation);
  const pools = installation.calicoNetwork?.ipPools ?? [];
  const problems: Problems = [];
  const seen = new Set<boolean>();
  for (const [at, given] of pools.entries()) {
    const pool = wholePool(given, ownPlugin);
    const v6 = Address6.isValid(pool.cidr);
    const family = v6 ? 'IPv6' : 'IPv4';
    if (seen.has(v6)) {
      problems.push(
        `${what}[${at}].cidr is ${shown(pool.cidr)}; there is a pool of ${family} already, give one of each at most`,
      );
    }
    seen.add(v6);
    problems.push(...blockSizeProblems(`${what}[${at}].blockSize`, pool.blockSize, pool.cidr, v6));

    const wrong = encapsulationProblem(pool.encapsulation, { v6, ownPlugin, ipam, bgp });
    if (wrong) {
      const left = given.encapsulation === undefined ? ' where it is left out' : '';
      problems.push(`${what}[${at}].encapsulation is ${shown(pool.encapsulation)}${left}; ${wrong}`);
    }
    if (!ownPlugin && pool.nodeSelector !== 'all()') {
      problems.push(
        `${what}[${at}].nodeSelector is ${shown(pool.nodeSelector)}; with the network plugin ${type} give "all()"`,
      );
    }
  }
  return problems;
}

function blockSizeProblems(what: string, size: number, cidr: string, v6: boolean): Problems {
  const [from, to] = v6 ? [116, 128] : [20, 32];
  if (size < from || size > to) {
    return [`${what} is ${size}; give an integer from ${from} to ${to} for a pool of ${v6 ? 'IPv6' : 'IPv4'}`];
  }
  const prefix = Number(cidr.slice(cidr.indexOf('/') + 1));
  return prefix > size ? [`${what} is ${size}; the pool ${cidr} is smaller than one block, give a larger pool`] : [];
}

interface PoolFacts {
  readonly v6: boolean;
  readonly ownPlugin: boolean;
  readonly ipam: CalicoIpamType;
  readonly bgp: boolean;
}

function encapsulationProblem(encapsulation: CalicoEncapsulation, facts: PoolFacts): string | undefined {
  const ipip = encapsulation === IPIP || encapsulation === IPIP_CROSS_SUBNET;
  const vxlan = encapsulation === VXLAN || encapsulation === VXLAN_CROSS_SUBNET;
  if (!facts.ownPlugin) {
    return encapsulation === NONE ? undefined : 'it needs the network plugin Calico, give "None"';
  }
  if (facts.v6 && ipip) {
    return 'IPv6 cannot be wrapped in IP, give "VXLAN", "VXLANCrossSubnet" or "None"';
  }
  if (facts.ipam === CalicoIpamType.HOST_LOCAL && vxlan) {
    return 'addresses from HostLocal cannot be wrapped in VXLAN';
  }
  return facts.ipam === CalicoIpamType.CALICO && !facts.v6 && !vxlan && !facts.bgp
    ? 'it needs BGP, give bgp: true, or "VXLAN" or "VXLANCrossSubnet"'
    : undefined;
}

function osProblems(what: string, { controlPlaneNodeSelector = {} }: CalicoInstallation): Problems {
  const os = new Map(Object.entries(controlPlaneNodeSelector)).get('kubernetes.io/os') ?? 'linux';
  return os === 'linux'
    ? []
    : [`${what}: "kubernetes.io/os" is ${shown(os)}; these components run on Linux, give "linux"`];
}
