import type { k8s } from 'cdk8s-plus-27';
import { Address6 } from 'ip-address';
import * as operator from '../../imports/operator.tigera.io';
import { type ContainerResources, resourceRequirements } from '../container-resources';
import { nonEmpty } from '../non-empty';
import {
  type CalicoCni,
  CalicoCniType,
  type CalicoComponentResources,
  type CalicoInstallation,
  CalicoIpamType,
  CalicoProvider,
} from './installation';
import { CalicoEncapsulation, type CalicoIpPool, type CalicoNetwork, type CalicoNodeAddress } from './network';

/** The plugins that an installation ends up with: as given, else as the operator decides by the provider. */
export function pluginsOf({ cni, kubernetesProvider }: CalicoInstallation): Required<CalicoCni> {
  const type = cni?.type ?? CNI_OF_PROVIDER.get(kubernetesProvider ?? '') ?? CalicoCniType.CALICO;
  return { type, ipam: cni?.ipam ?? IPAM_OF_CNI[type] };
}

const CNI_OF_PROVIDER: ReadonlyMap<string, CalicoCniType> = new Map([
  [CalicoProvider.AKS, CalicoCniType.AZURE_VNET],
  [CalicoProvider.EKS, CalicoCniType.AMAZON_VPC],
  [CalicoProvider.GKE, CalicoCniType.GKE],
]);

const IPAM_OF_CNI: Readonly<Record<CalicoCniType, CalicoIpamType>> = {
  [CalicoCniType.CALICO]: CalicoIpamType.CALICO,
  [CalicoCniType.GKE]: CalicoIpamType.HOST_LOCAL,
  [CalicoCniType.AMAZON_VPC]: CalicoIpamType.AMAZON_VPC,
  [CalicoCniType.AZURE_VNET]: CalicoIpamType.AZURE_VNET,
};

/** Whether nodes end up telling each other their routes by BGP. */
export function bgpOf(installation: CalicoInstallation): boolean {
  const ownPlugin = pluginsOf(installation).type === CalicoCniType.CALICO;
  return installation.calicoNetwork?.bgp ?? (ownPlugin && installation.kubernetesProvider !== CalicoProvider.EKS);
}

/**
 * A pool with everything that the operator would fill in. It writes its defaults back into the Installation, and a list
 * is compared as a whole: what is left out of a pool would differ from the cluster for ever.
 */
export function wholePool(pool: CalicoIpPool, ownPlugin: boolean): Required<CalicoIpPool> {
  const v6 = Address6.isValid(pool.cidr);
  return {
    cidr: pool.cidr,
    blockSize: pool.blockSize ?? (v6 ? 122 : 26),
    disableBgpExport: pool.disableBgpExport ?? false,
    encapsulation: pool.encapsulation ?? (v6 || !ownPlugin ? CalicoEncapsulation.NONE : CalicoEncapsulation.IPIP),
    natOutgoing: pool.natOutgoing ?? !v6,
    nodeSelector: pool.nodeSelector ?? 'all()',
  };
}

/** The spec of the Installation, except for what the chart adds from values of its own. */
export function installationSpec(installation: CalicoInstallation): operator.InstallationSpec {
  const { registry, componentResources, nodeUpdateStrategy, cni, calicoNetwork } = installation;
  return {
    kubernetesProvider: member(operator.InstallationSpecKubernetesProvider, installation.kubernetesProvider),
    // The operator adds the final "/" itself, and writes it back.
    registry: registry === undefined ? undefined : `${registry}/`,
    imagePath: installation.imagePath,
    imagePrefix: installation.imagePrefix,
    imagePullSecrets: installation.imagePullSecrets?.map((name) => ({ name })),
    cni: cni && {
      type: member(operator.InstallationSpecCniType, cni.type),
      ipam: cni.ipam && { type: member(operator.InstallationSpecCniIpamType, cni.ipam) },
    },
    calicoNetwork: calicoNetwork && networkSpec(calicoNetwork, pluginsOf(installation).type === CalicoCniType.CALICO),
    componentResources: componentResources && componentSpecs(componentResources),
    controlPlaneNodeSelector: nonEmpty(installation.controlPlaneNodeSelector),
    controlPlaneReplicas: installation.controlPlaneReplicas,
    controlPlaneTolerations: installation.controlPlaneTolerations?.map(toleration),
    fipsMode: member(operator.InstallationSpecFipsMode, switched(installation.fipsMode)),
    flexVolumePath: installation.flexVolumePath,
    nodeMetricsPort: installation.nodeMetricsPort,
    nodeUpdateStrategy: nodeUpdateStrategy && {
      rollingUpdate: { maxUnavailable: nodeUpdateStrategy.maxUnavailable },
      type: 'RollingUpdate',
    },
    nonPrivileged: switched(installation.nonPrivileged),
    serviceCidRs: installation.serviceCidrs,
    typhaMetricsPort: installation.typhaMetricsPort,
  };
}

function networkSpec(network: CalicoNetwork, ownPlugin: boolean): operator.InstallationSpecCalicoNetwork {
  return {
    bgp: member(operator.InstallationSpecCalicoNetworkBgp, switched(network.bgp)),
    ipPools: network.ipPools
      ?.map((pool) => wholePool(pool, ownPlugin))
      .map((pool) => ({
        ...pool,
        encapsulation: member(operator.InstallationSpecCalicoNetworkIpPoolsEncapsulation, pool.encapsulation),
        natOutgoing: member(operator.InstallationSpecCalicoNetworkIpPoolsNatOutgoing, switched(pool.natOutgoing)),
      })),
    mtu: network.mtu,
    linuxDataplane: member(operator.InstallationSpecCalicoNetworkLinuxDataplane, network.linuxDataplane),
    hostPorts: member(operator.InstallationSpecCalicoNetworkHostPorts, switched(network.hostPorts)),
    containerIpForwarding: member(
      operator.InstallationSpecCalicoNetworkContainerIpForwarding,
      switched(network.containerIpForwarding),
    ),
    nodeAddressAutodetectionV4: network.nodeAddressAutodetectionV4 && autodetection(network.nodeAddressAutodetectionV4),
    nodeAddressAutodetectionV6: network.nodeAddressAutodetectionV6 && autodetection(network.nodeAddressAutodetectionV6),
  };
}

function autodetection({ method, values }: CalicoNodeAddress): Record<string, unknown> {
  return { [method]: method === 'firstFound' ? true : method === 'cidrs' ? values : values[0] };
}

function componentSpecs(
  components: CalicoComponentResources,
): operator.InstallationSpecComponentResources[] | undefined {
  const names = operator.InstallationSpecComponentResourcesComponentName;
  const { fromString: limit } = operator.InstallationSpecComponentResourcesResourceRequirementsLimits;
  const { fromString: request } = operator.InstallationSpecComponentResourcesResourceRequirementsRequests;
  const known = [
    [names.NODE, components.node],
    [names.TYPHA, components.typha],
    [names.KUBE_CONTROLLERS, components.kubeControllers],
  ] as const;
  const specs = known.flatMap(([componentName, resources]) => {
    const { limits, requests } = amounts(resources ?? {});
    return limits || requests
      ? [{ componentName, resourceRequirements: { limits: each(limits, limit), requests: each(requests, request) } }]
      : [];
  });
  return specs.length > 0 ? specs : undefined;
}

/** Resources as plain text, every amount as an API server writes it. */
export function amounts(resources: ContainerResources): Partial<Record<'requests' | 'limits', Record<string, string>>> {
  const { limits, requests } = resourceRequirements(resources);
  const text = ({ value }: k8s.Quantity) => String(value);
  return { limits: each(limits, text), requests: each(requests, text) };
}

function each<A, B>(
  held: Readonly<Record<string, A>> | undefined,
  change: (value: A) => B,
): Record<string, B> | undefined {
  return held && Object.fromEntries(Object.entries(held).map(([key, value]) => [key, change(value)]));
}

/** A toleration as plain fields. */
export function toleration(given: k8s.Toleration): k8s.Toleration {
  const { key, operator: compare, value, effect, tolerationSeconds } = given;
  return { key, operator: compare, value, effect, tolerationSeconds };
}

function switched(on: boolean | undefined): string | undefined {
  return on === undefined ? undefined : on ? 'Enabled' : 'Disabled';
}

/** The value of the CRD that is written so. That there is one has been checked before. */
function member<T extends string>(values: Readonly<Record<string, T>>, text: string): T;
function member<T extends string>(values: Readonly<Record<string, T>>, text: string | undefined): T | undefined;
function member<T extends string>(values: Readonly<Record<string, T>>, text: string | undefined): T | undefined {
  return Object.values<T>(values).find((value: string) => value === text);
}
