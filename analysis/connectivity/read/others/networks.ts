import type { Manifest } from '../../../manifest';
import { isMapping } from '../../../manifest/value';
import type { Pod, PodPeer } from '../../model';
import { templatePath } from '../owners';
import { BOTH, mappingIn, type OtherPart, OWN_NAMESPACE, partsOf, specOf } from './part';
import { plainSelector } from './selector';

/** The annotation by which pods ask for further networks. */
const ANNOTATION = 'k8s.v1.cni.cncf.io/networks';

/** No label has a colon in its key. */
const LABEL = 'network:';

/**
 * The further networks that a pod asks for, as `NAMESPACE/NAME`; `?` for what cannot be read.
 *
 * @see https://github.com/k8snetworkplumbingwg/multi-net-spec
 */
export function networksOf(annotations: unknown, namespace: string): readonly string[] {
  const text = isMapping(annotations) ? annotations[ANNOTATION] : undefined;
  if (typeof text !== 'string' || text.trim() === '') {
    return [];
  }
  if (text.trim().startsWith('[')) {
    return networksOfJson(text, namespace);
  }
  return text.split(',').map((item) => {
    const [, where = namespace, name] = /^(?:([a-z0-9.-]+)\/)?([a-z0-9.-]+)(?:@.*)?$/.exec(item.trim()) ?? [];
    return name === undefined ? '?' : `${where}/${name}`;
  });
}

function networksOfJson(text: string, namespace: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list)
      ? list.map((one) => {
          const { name, namespace: where = namespace } = mappingIn(one);
          return typeof name === 'string' ? `${where}/${name}` : '?';
        })
      : ['?'];
  } catch {
    return ['?'];
  }
}

/** A pod with a label for each network that it asks for, by which a policy may mean it. */
export function withNetworks(pod: Pod): Pod {
  const { networks = [] } = pod;
  return networks.length === 0
    ? pod
    : {
        ...pod,
        labels: new Map([
          ...pod.labels,
          ...['*', ...networks].map((name): [string, string] => [`${LABEL}${name}`, '']),
        ]),
      };
}

/** Further networks for which pods ask and that no manifest shows, each as if it stood where it is asked for first. */
export function askedNetworks(workloads: readonly Manifest[], manifests: readonly Manifest[]): readonly Manifest[] {
  const found = new Map<string, Manifest>();
  for (const workload of workloads) {
    const pod = templatePath(workload).reduce<unknown>((value, key) => mappingIn(value)[key], workload.object);
    const own = workload.namespace ?? 'default';
    for (const path of networksOf(mappingIn(pod, 'metadata', 'annotations'), own)) {
      const [namespace = own, name = 'unknown'] = path === '?' ? [own] : path.split('/');
      const network = { ...workload, group: 'k8s.cni.cncf.io', kind: 'NetworkAttachmentDefinition', namespace, name };
      found.set(path, found.get(path) ?? network);
    }
  }
  for (const { kind, namespace = 'default', name } of found.size === 0 ? [] : manifests) {
    if (kind === 'NetworkAttachmentDefinition') {
      found.delete(`${namespace}/${name}`);
    }
  }
  return [...found.values()];
}

/** What a further network opens: another way between the pods that have it, on which NetworkPolicies have no effect. */
export function furtherNetwork({ namespace = 'default', name }: Manifest): readonly OtherPart[] {
  return attached(`${namespace}/${name}`);
}

/**
 * What a network of users closes, as the primary one of its namespaces, or opens as a further one.
 *
 * @see https://ovn-kubernetes.io/features/user-defined-networks/user-defined-networks/
 */
export function userNetwork(manifest: Manifest): readonly OtherPart[] {
  const spec = specOf(manifest);
  const network = isMapping(spec.network) ? spec.network : spec;
  const role = Object.values(network).flatMap((one) =>
    isMapping(one) && typeof one.role === 'string' ? [one.role] : [],
  );
  if (role.length > 0 && role.every((one) => one === 'Secondary')) {
    return attached('*');
  }
  const subject: readonly PodPeer[] = manifest.kind.startsWith('Cluster')
    ? [{ namespaces: plainSelector(spec.namespaceSelector) ?? [], pods: [] }]
    : OWN_NAMESPACE;
  return partsOf(subject, BOTH, { closes: true });
}

/** Pods that ask for a network, `*` for any, and those of which nobody knows for which they ask. */
function attached(network: string): readonly OtherPart[] {
  const pods = [network, '?'].map(
    (name): PodPeer => ({
      namespaces: [],
      pods: [{ key: `${LABEL}${name}`, operator: 'Exists', values: new Set() }],
    }),
  );
  return [
    ...partsOf(pods, BOTH, { opens: true, whom: pods }),
    ...partsOf(pods, BOTH, { opens: true, whom: 'outside' }),
  ];
}
