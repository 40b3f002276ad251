import type { Names } from './names';

/** The name of an object. */
export interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}

/** A certificate for a host, or for all that have none of their own. */
export interface HostCertificate {
  /** The name of the listener for HTTPS to the host. */
  readonly section: string;
  /** `undefined` for every host. */
  readonly hostname: string | undefined;
  readonly secret: ObjectName;
}

const GROUP = 'gateway.networking.k8s.io';
const API = `${GROUP}/v1`;

/** The name of the listener for HTTP. */
export const HTTP_SECTION = 'http';

/** A Gateway with one listener for HTTP, and one for HTTPS to each host with a certificate. */
export function gatewayObject(
  { namespace, name }: ObjectName,
  className: string,
  certificates: readonly HostCertificate[],
  routeNamespaces: ReadonlySet<string>,
): object {
  const allowedRoutes = { namespaces: allowedNamespaces(namespace, routeNamespaces) };
  const listeners = certificates.map(({ section, hostname, secret }) => ({
    name: section,
    ...(hostname === undefined ? {} : { hostname }),
    port: 443,
    protocol: 'HTTPS',
    tls: {
      mode: 'Terminate',
      certificateRefs: [
        {
          group: '',
          kind: 'Secret',
          name: secret.name,
          ...(secret.namespace === namespace ? {} : { namespace: secret.namespace }),
        },
      ],
    },
    allowedRoutes,
  }));
  return {
    apiVersion: API,
    kind: 'Gateway',
    metadata: { name, namespace },
    spec: {
      gatewayClassName: className,
      listeners: [{ name: HTTP_SECTION, port: 80, protocol: 'HTTP', allowedRoutes }, ...listeners],
    },
  };
}

function allowedNamespaces(own: string, namespaces: ReadonlySet<string>): object {
  const values = [...namespaces].sort();
  return values.every((namespace) => namespace === own)
    ? { from: 'Same' }
    : {
        from: 'Selector',
        selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] },
      };
}

/** A reference that a namespace has to allow. */
export interface Reference {
  readonly from: { readonly kind: 'Gateway' | 'HTTPRoute'; readonly namespace: string };
  readonly to: { readonly kind: 'Secret' | 'Service'; readonly namespace: string; readonly name: string };
}

/** A ReferenceGrant names so many objects at most. */
const MOST_TARGETS = 16;

/** The grants that references between namespaces need, as few as can be for each pair of kinds and namespaces. */
export function grantObjects(references: readonly Reference[], names: Names): readonly object[] {
  const groups = new Map<string, { readonly first: Reference; readonly targets: Set<string> }>();
  for (const reference of references) {
    const { from, to } = reference;
    if (from.namespace !== to.namespace) {
      const key = `${to.namespace} ${from.namespace} ${from.kind} ${to.kind}`;
      const group = groups.get(key) ?? { first: reference, targets: new Set() };
      group.targets.add(to.name);
      groups.set(key, group);
    }
  }
  const grants = [...groups.values()].flatMap(({ first, targets }) => {
    const sorted = [...targets].sort();
    const count = Math.ceil(sorted.length / MOST_TARGETS);
    return Array.from({ length: count }, (_, index) => ({
      first,
      some: sorted.slice(index * MOST_TARGETS, (index + 1) * MOST_TARGETS),
    }));
  });
  return grants.map(({ first: { from, to }, some }) => ({
    apiVersion: API,
    kind: 'ReferenceGrant',
    metadata: {
      name: names.free(
        `ReferenceGrant ${to.namespace}`,
        `${to.kind.toLowerCase()}s-for-${from.kind === 'Gateway' ? 'gateways' : 'routes'}-of-${from.namespace}`,
      ),
      namespace: to.namespace,
    },
    spec: {
      from: [{ group: GROUP, kind: from.kind, namespace: from.namespace }],
      to: some.map((name) => ({ group: '', kind: to.kind, name })),
    },
  }));
}

/** An HTTPRoute that is attached to some listeners of a Gateway, with the defaults of an API server. */
export function routeObject(
  { namespace, name }: ObjectName,
  gateway: ObjectName,
  sections: readonly string[],
  hostnames: readonly string[],
  rules: readonly object[],
): object {
  return {
    apiVersion: API,
    kind: 'HTTPRoute',
    metadata: { name, namespace },
    spec: {
      parentRefs: sections.map((sectionName) => ({
        group: GROUP,
        kind: 'Gateway',
        namespace: gateway.namespace,
        name: gateway.name,
        sectionName,
      })),
      ...(hostnames.length === 0 ? {} : { hostnames }),
      rules,
    },
  };
}
