import type { ObjectName } from './gateway';
import type { Translation } from './translate';

/** The HTTPRoutes of an Ingress that lead to backends, and the Services of these. */
export function attachedTo(
  key: string,
  { objects, ownerOf: owners }: Translation,
): { readonly routes: readonly ObjectName[]; readonly services: readonly ObjectName[] } {
  const routes: ObjectName[] = [];
  const services = new Map<string, ObjectName>();
  for (const { kind, metadata, spec } of objects as readonly WrittenRoute[]) {
    const { namespace, name } = metadata;
    if (kind !== 'HTTPRoute' || owners.get(`${namespace}/${name}`) !== key) {
      continue;
    }
    const refs = spec.rules.flatMap(({ backendRefs = [] }) => backendRefs);
    if (refs.length > 0) {
      routes.push({ namespace, name });
    }
    for (const ref of refs) {
      const service = { namespace: ref.namespace ?? namespace, name: ref.name };
      services.set(`${service.namespace}/${service.name}`, service);
    }
  }
  return { routes, services: [...services.values()] };
}

interface WrittenRoute {
  readonly kind: string;
  readonly metadata: ObjectName;
  readonly spec: {
    readonly rules: readonly {
      readonly backendRefs?: readonly { readonly name: string; readonly namespace?: string }[];
    }[];
  };
}
