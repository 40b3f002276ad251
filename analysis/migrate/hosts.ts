import type { HostName, Route, RoutingModel } from '../routing';

/** A host of ingress-nginx as an HTTPRoute has it. */
export interface Host {
  /** `undefined` for every host. */
  readonly hostname: string | undefined;
  readonly tls: boolean;
  readonly routes: readonly Route[];
}

/** The hosts of a model that can be said, and those that cannot. */
export function hostsOf({ listeners }: RoutingModel): {
  readonly hosts: readonly Host[];
  readonly refused: readonly { readonly routes: readonly Route[]; readonly why: string }[];
} {
  const hosts: Host[] = [];
  const refused: { routes: readonly Route[]; why: string }[] = [];
  for (const { name, tls, routes } of listeners.flatMap((listener) => listener.hosts)) {
    const hostname = hostnameOf(name);
    if (typeof hostname === 'object') {
      refused.push({ routes, why: hostname.why });
    } else {
      hosts.push({ hostname, tls, routes: merged(routes) });
    }
  }
  return { hosts, refused };
}

function hostnameOf(name: HostName): string | undefined | { readonly why: string } {
  switch (name.kind) {
    case 'exact':
      return name.host;
    case 'label':
    case 'suffix':
      return `*${name.suffix}`;
    case 'prefix':
      return { why: `hosts that begin with ${name.prefix} cannot be said by a hostname` };
    case 'pattern':
      return { why: `hosts that match ${name.pattern.source} cannot be said by a hostname` };
    case 'any':
      return undefined;
  }
}

/** Routes less the exact half of a prefix, which ingress-nginx writes as two: a PathPrefix is both. */
function merged(routes: readonly Route[]): readonly Route[] {
  const keyOf = (path: string, { conditions }: Route) => `${path} ${JSON.stringify(conditions)}`;
  const below = new Map(
    routes.flatMap((route) => (route.path.kind === 'prefix' ? [[keyOf(route.path.path, route), route]] : [])),
  );
  return routes.filter((route) => {
    const prefix =
      route.path.kind === 'exact' ? below.get(keyOf(route.path.path.replace(/\/?$/, '/'), route)) : undefined;
    return prefix === undefined || prefix.rule !== route.rule || prefix.decisions !== route.decisions;
  });
}
