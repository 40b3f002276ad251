import type { Manifest } from '../../manifest';
import { isMapping } from '../../manifest/value';
import { sortedText } from '../sorted-text';
import { mayCount } from './annotations';

/** Labels by which meshes and proxies of nodes are told what to do. */
const TELLING = /istio|linkerd|cilium|mesh|^service\.kubernetes\.io\//;

/** Fields of a Service that say where its connections end. */
const FIELDS = [
  'externalName',
  'internalTrafficPolicy',
  'publishNotReadyAddresses',
  'selector',
  'sessionAffinity',
  'sessionAffinityConfig',
  'trafficDistribution',
] as const;

/** What an API server fills in. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  internalTrafficPolicy: 'Cluster',
  publishNotReadyAddresses: false,
  sessionAffinity: 'None',
};

/**
 * What a Service says of where its connections end: the same text for the same. Left out is by what else it is reached from
 * outside: its addresses, node ports and load balancer.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
 */
export function serviceText({ object: { spec }, annotations, labels }: Manifest): string {
  const own = isMapping(spec) ? spec : {};
  const ports = (Array.isArray(own.ports) ? own.ports : []).filter(isMapping).map((port) => {
    const { name, port: number, protocol, targetPort, appProtocol } = port;
    return {
      name: name ?? '',
      port: number,
      protocol: protocol ?? 'TCP',
      target: targetPort || number,
      appProtocol: appProtocol ?? '',
    };
  });
  return sortedText({
    isExternal: own.type === 'ExternalName',
    isHeadless: own.clusterIP === 'None',
    ports,
    ...Object.fromEntries(FIELDS.map((field) => [field, own[field] ?? DEFAULTS[field] ?? null])),
    annotations: Object.fromEntries([...annotations].filter(([key]) => mayCount(key))),
    labels: tellingLabels(labels),
  });
}

/**
 * Where the connections of a Service without selector end: what its EndpointSlices and Endpoints say. Those of others are made by
 * the cluster.
 *
 * @param slices the EndpointSlices and Endpoints among the manifests
 */
export function endpointsText(
  { object: { spec }, name, namespace = 'default' }: Manifest,
  slices: readonly Manifest[],
): readonly string[] {
  const selector = isMapping(spec) ? spec.selector : undefined;
  if (isMapping(selector) && Object.keys(selector).length > 0) {
    return [];
  }
  return slices
    .filter((slice) => (slice.namespace ?? 'default') === namespace && serviceOf(slice) === name)
    .map(({ object: { addressType, endpoints, ports, subsets } }) =>
      sortedText({ addressType, endpoints, ports, subsets }),
    )
    .sort();
}

/** Whether a manifest says by itself where the connections of a Service end. */
export function isEndpoints({ kind, group }: Manifest): boolean {
  return (kind === 'EndpointSlice' && group === 'discovery.k8s.io') || (kind === 'Endpoints' && group === '');
}

function serviceOf({ kind, labels, name }: Manifest): string | undefined {
  return kind === 'Endpoints' ? name : labels.get('kubernetes.io/service-name');
}

/** The labels of an object that tell a mesh or a proxy something. */
export function tellingLabels(labels: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...labels].filter(([key]) => TELLING.test(key)));
}
