import type { Fields } from '../helpers/fields';

/** The plural of a kind, as an API server has it in its paths. */
function pluralOf(kind: string): string {
  const one = kind.toLowerCase();
  return one.endsWith('s') ? `${one}es` : /[^aeiou]y$/.test(one) ? `${one.slice(0, -1)}ies` : `${one}s`;
}

/** Kinds whose objects belong to no namespace. */
export const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  ...['Namespace', 'Node', 'PersistentVolume', 'ClusterRole', 'ClusterRoleBinding', 'IngressClass', 'PriorityClass'],
  ...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'CustomResourceDefinition', 'APIService'],
  ...['GatewayClass', 'ClusterIssuer', 'Installation', 'APIServer', 'ClusterNetworkPolicy', 'AdminNetworkPolicy'],
  ...['BaselineAdminNetworkPolicy', 'GlobalNetworkPolicy', 'Tier', 'StorageClass'],
]);

/** Whether objects of a kind belong to no namespace. */
export function isClusterScoped({ kind }: Fields): boolean {
  return CLUSTER_SCOPED.has(kind);
}

/** The path under which an API server keeps the objects of a kind. */
export function collectionOf(object: Fields): string {
  const { apiVersion, kind, metadata } = object;
  const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  const plural = pluralOf(kind);
  return isClusterScoped(object)
    ? `${root}/${plural}`
    : `${root}/namespaces/${metadata?.namespace ?? 'default'}/${plural}`;
}

/** `Service shop/web`, as messages name an object. */
export function titleOf({ kind, metadata }: Fields): string {
  const { namespace, name, generateName } = metadata ?? {};
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name ?? generateName}`;
}

/** Where an object on a cluster does not hold what was written: fields that are gone, and those that are other. */
export function lost(written: unknown, live: unknown, at = ''): readonly string[] {
  if (typeof written !== 'object' || written === null) {
    return Object.is(written, live) ? [] : [`${at} was ${JSON.stringify(written)}, and is ${JSON.stringify(live)}`];
  }
  if (Array.isArray(written)) {
    const list = Array.isArray(live) ? live : [];
    return written.length === list.length
      ? written.flatMap((entry, index) => lost(entry, list[index], `${at}[${index}]`))
      : [`${at} had ${written.length} entries, and has ${Array.isArray(live) ? live.length : 'none'}`];
  }
  if (typeof live !== 'object' || live === null) {
    return [`${at} was ${JSON.stringify(written)}, and is ${JSON.stringify(live)}`];
  }
  return Object.entries(written).flatMap(([key, value]) =>
    lost(value, (live as Fields)[key], at === '' ? key : `${at}.${key}`),
  );
}

/** A sheet of objects that are applied together. */
export interface Sheet {
  readonly name: string;
  readonly objects: readonly Fields[];
}

/**
 * The objects of many sheets as one that can be applied at once: each sheet in namespaces of its own, and what belongs to the
 * cluster under a name of its own. Addresses and ports that only one Service may have are dealt out anew.
 */
export function apart(sheets: readonly Sheet[]): Sheet {
  let addresses = 0;
  const objects = sheets.flatMap(({ objects }, index) => {
    const own = (name: string) => `${name}-${index}`;
    return objects.map((given) => {
      const object = structuredClone(given);
      const { metadata, spec } = object;
      if (isClusterScoped(object)) {
        metadata.name = own(metadata.name);
      } else {
        metadata.namespace = own(metadata.namespace ?? 'default');
      }
      if (object.kind === 'Service') {
        addresses += 1;
        if (spec.clusterIP !== undefined && spec.clusterIP !== 'None') {
          spec.clusterIP = `10.100.${addresses >> 8}.${addresses & 255}`;
        }
        for (const port of (spec.ports ?? []) as Fields[]) {
          port.nodePort &&= 30_000 + addresses;
        }
      }
      return object;
    });
  });
  return { name: sheets.map(({ name }) => name).join(', '), objects };
}
