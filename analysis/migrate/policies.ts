import type { ObjectName } from './gateway';
import { nameOf, type PlannedWish } from './plan';
import type { Fragment } from './targets';

/** Where the objects of an Ingress attach. */
export interface Attachments {
  readonly ingress: ObjectName;
  readonly gateway: ObjectName;
  /** Its HTTPRoutes that lead to backends. */
  readonly routes: readonly ObjectName[];
  /** The Services that these lead to. */
  readonly services: readonly ObjectName[];
}

/** What was written for the wishes of Ingresses. */
export interface Policies {
  readonly objects: readonly object[];
  /** The objects of each wish: e.g. `SecurityPolicy shop/web`. */
  readonly byWish: ReadonlyMap<PlannedWish, readonly string[]>;
  /** Why something of an Ingress could not be written, by `namespace/name`. */
  readonly reasons: ReadonlyMap<string, readonly string[]>;
}

interface Draft {
  readonly owner: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  spec: Readonly<Record<string, unknown>>;
}

/** An API server takes no longer names. */
const LONGEST = 253;
/** A policy names so many targets. */
const MOST_TARGETS = 16;
const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/**
 * Writes what wishes come to: fragments of one kind for the same thing are one object, since an implementation takes one of a
 * kind for it.
 */
export function policiesOf(
  all: readonly { readonly wishes: readonly PlannedWish[]; readonly at: Attachments }[],
): Policies {
  const drafts = new Map<string, Draft>();
  const byWish = new Map<PlannedWish, string[]>();
  const reasons = new Map<string, string[]>();
  for (const { wishes, at } of all) {
    const owner = `${at.ingress.namespace}/${at.ingress.name}`;
    const refuse = (why: string) => reasons.set(owner, [...(reasons.get(owner) ?? []), why]);
    for (const wish of wishes) {
      const names: string[] = [];
      for (const fragment of wish.outcome?.kind === 'said' ? wish.outcome.fragments : []) {
        for (const part of partsOf(fragment, at)) {
          const { namespace, name, spec } = part;
          const { apiVersion, kind } = fragment;
          const key = `${kind} ${namespace}/${name}`;
          names.push(key);
          const known = drafts.get(key);
          if (name.length > LONGEST) {
            refuse(`${key} would have a name of more than ${LONGEST} characters`);
          } else if (known === undefined) {
            drafts.set(key, { owner, apiVersion, kind, namespace, name, spec });
          } else if (known.owner === owner) {
            known.spec = merged(known.spec, spec);
          } else if (JSON.stringify(known.spec) !== JSON.stringify(spec)) {
            refuse(
              `${key} would have to say something else for Ingress ${known.owner}, which leads to the same Service`,
            );
          }
        }
      }
      byWish.set(wish, [...new Set(names)]);
    }
  }
  const objects = [...drafts.values()].map(({ apiVersion, kind, namespace, name, spec }) => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
    spec,
  }));
  return { objects, byWish, reasons };
}

type Part = Pick<Draft, 'namespace' | 'name' | 'spec'>;

/** The objects that a fragment is a part of. */
function partsOf({ on, spec, suffix }: Fragment, { ingress, gateway, routes, services }: Attachments): Part[] {
  const { namespace } = ingress;
  const name = nameOf(ingress.name, suffix);
  const routeRef = (route: ObjectName) => ({ group: GATEWAY_GROUP, kind: 'HTTPRoute', name: route.name });
  switch (on) {
    case 'filter':
    case 'none':
      return [{ namespace, name, spec }];
    case 'routes':
      return chunks(routes).map((some, index) => ({
        namespace,
        name: index === 0 ? name : `${name}-${index + 1}`,
        spec: { targetRefs: some.map(routeRef), ...spec },
      }));
    case 'route':
      return routes.map((route) => ({
        namespace,
        name: nameOf(route.name, suffix),
        spec: { targetRef: routeRef(route), ...spec },
      }));
    case 'services':
      return services.map((service) => ({
        ...service,
        spec: { targetRefs: [{ group: '', kind: 'Service', name: service.name }], ...spec },
      }));
    case 'host':
      return services.map((service) => ({
        ...service,
        spec: { host: `${service.name}.${service.namespace}.svc.cluster.local`, ...spec },
      }));
    case 'gateway':
      return [
        {
          namespace: gateway.namespace,
          name: `${namespace}-${name}`,
          spec: { targetRefs: [{ group: GATEWAY_GROUP, kind: 'Gateway', name: gateway.name }], ...spec },
        },
      ];
  }
}

function chunks<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / MOST_TARGETS);
  return Array.from({ length: count }, (_, index) => items.slice(index * MOST_TARGETS, (index + 1) * MOST_TARGETS));
}

type Spec = Readonly<Record<string, unknown>>;

/** Two specs as one: mappings member by member, else the later one. */
function merged(one: Spec, other: Spec): Spec {
  const result: Record<string, unknown> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const own = result[key];
    result[key] = isSpec(own) && isSpec(value) ? merged(own, value) : value;
  }
  return result;
}

function isSpec(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
