import { listIn } from '../../manifest/lists';
import type { AttachedRoute, Gateway, GatewayListener, ParentRef } from './objects';

/** The routes that name a Gateway which is not among the manifests, by `namespace/name` of that Gateway, sorted. */
export function missingGateways<Route extends AttachedRoute>(
  routes: readonly Route[],
  known: ReadonlySet<string>,
): ReadonlyMap<string, readonly Route[]> {
  const missing = new Map<string, Route[]>();
  for (const route of routes) {
    for (const key of new Set(route.parents.filter(({ kind }) => kind === 'Gateway').map((parent) => parent.key))) {
      if (!known.has(key)) {
        listIn(missing, key).push(route);
      }
    }
  }
  return new Map([...missing].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * A Gateway that is not among the manifests, as one that admits the routes which name it: with HTTP on port 80 and HTTPS on
 * port 443, or with what the section names and ports that they give stand for.
 */
export function assumedGateway(key: string, routes: readonly AttachedRoute[]): Gateway {
  const [namespace, name] = key.split('/') as [string, string];
  const [first] = routes as readonly [AttachedRoute];
  const sections = new Map<string, { readonly place: Place; readonly names: Set<string> }>();
  const parents = routes.flatMap((route) =>
    route.parents.filter(({ key: named, set }) => named === key && set === undefined),
  );
  for (const parent of parents) {
    for (const place of placesOf(parent)) {
      const id = `${place.protocol} ${place.port}`;
      const known = sections.get(id) ?? { place, names: new Set() };
      known.names.add(parent.sectionName ?? '');
      sections.set(id, known);
    }
  }
  const listeners = [...sections.values()].map(({ place, names }): GatewayListener => {
    const only = names.size === 1 ? [...names][0] : '';
    return {
      ...place,
      ...OPEN,
      name: only || place.protocol.toLowerCase(),
      sections: names,
      at: ['spec', 'parentRefs'],
    };
  });
  return { manifest: first.manifest, namespace, name, key, className: '', listeners, allowed: 'All', isAssumed: true };
}

interface Place {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly port: number;
}

const OPEN = { hostname: '', tls: undefined, from: 'All', kinds: undefined } as const;

/** The listeners that a parentRef may mean, at least one. */
export function placesOf({ sectionName = '', port }: ParentRef): readonly Place[] {
  const isSecure = /https|tls|ssl|secure|443/i.test(sectionName);
  const isPlain = !isSecure && /http|web|plain|insecure|80/i.test(sectionName);
  if (port !== undefined) {
    const protocol = isSecure || (!isPlain && /443$/.test(String(port))) ? 'HTTPS' : 'HTTP';
    return [{ protocol, port }];
  }
  const both: readonly Place[] = [
    { protocol: 'HTTP', port: 80 },
    { protocol: 'HTTPS', port: 443 },
  ];
  return both.filter(({ protocol }) => !(protocol === 'HTTP' ? isSecure : isPlain));
}

/** What is taken of an assumed Gateway, e.g. `HTTP on port 80 and HTTPS on port 443`. */
export function assumptionText({ listeners }: Gateway): string {
  return listeners.map(({ protocol, port }) => `${protocol} on port ${port}`).join(' and ');
}
