import type { Condition, Decision, LocationPart, Route, RouteOutcome, RoutingModel, VirtualHost } from './model';

/**
 * Who sends clients from HTTP to HTTPS where TLS ends at a load balancer in front:
 * - `load-balancer`: the load balancer, or nobody; every request that comes through counts as HTTPS;
 * - `header`: what stands behind it, by the header `X-Forwarded-Proto`; a request without the header counts as HTTPS.
 */
export type ForwardedTls = 'load-balancer' | 'header';

/** The header in which load balancers tell by which scheme a request came to them. */
export const FORWARDED_PROTO = 'x-forwarded-proto';

type Scheme = 'http' | 'https';

const PORTS = { http: '80', https: '443' } as const;

/** A model as it is behind a load balancer that ends TLS: all requests come by HTTP, whatever clients have sent. */
export function forwardedModel({ listeners }: RoutingModel, tls: ForwardedTls): RoutingModel {
  const forwarder = new Forwarder(tls);
  return {
    listeners: listeners.map(({ port, hosts }) => ({
      scheme: 'http',
      port,
      hosts: hosts.map((host) => forwarder.hostOf(host)),
    })),
  };
}

class Forwarder {
  // What was one list before is one after: who compares models goes by that.
  private readonly routes = new Map<readonly Route[], readonly Route[]>();
  private readonly decisions = new Map<string, Map<readonly Decision[], readonly Decision[]>>();

  constructor(private readonly tls: ForwardedTls) {}

  hostOf(host: VirtualHost): VirtualHost {
    const routes = this.routes.get(host.routes) ?? host.routes.flatMap((route) => this.routesOf(route));
    this.routes.set(host.routes, routes);
    return { ...host, tls: false, routes };
  }

  private routesOf(route: Route): readonly Route[] {
    const [secure, plain] = [this.routeOf(route, 'https'), this.routeOf(route, 'http')];
    if (this.tls === 'load-balancer' || JSON.stringify(secure) === JSON.stringify(plain)) {
      return secure;
    }
    const isPlain: Condition = { kind: 'header', name: FORWARDED_PROTO, value: { is: 'equal', text: 'http' } };
    return [...plain.map((one) => ({ ...one, conditions: [isPlain, ...one.conditions] })), ...secure];
  }

  /** What a route does for a scheme; nothing where it is for the other one. */
  private routeOf(route: Route, scheme: Scheme): readonly Route[] {
    const conditions = conditionsFor(route.conditions, scheme);
    return conditions === undefined
      ? []
      : [{ ...route, conditions, decisions: this.decisionsOf(route.decisions, scheme) }];
  }

  private decisionsOf(decisions: readonly Decision[], scheme: Scheme): readonly Decision[] {
    const known = this.decisions.get(scheme) ?? new Map<readonly Decision[], readonly Decision[]>();
    this.decisions.set(scheme, known);
    const own = known.get(decisions) ?? decisionsFor(decisions, scheme);
    known.set(decisions, own);
    return own;
  }
}

/** The decisions that a scheme leaves, up to the first that always holds. */
function decisionsFor(decisions: readonly Decision[], scheme: Scheme): readonly Decision[] {
  const left: Decision[] = [];
  for (const decision of decisions) {
    const when = conditionsFor(decision.when, scheme);
    if (when !== undefined) {
      left.push({ ...decision, when, outcome: outcomeFor(decision.outcome, scheme) });
      if (when.length === 0) {
        break;
      }
    }
  }
  return left;
}

/** The conditions that are left once the scheme is known; `undefined` where one of them does not hold. */
function conditionsFor(conditions: readonly Condition[], scheme: Scheme): readonly Condition[] | undefined {
  const left: Condition[] = [];
  for (const condition of conditions) {
    const told = schemeOf(condition);
    // A request without the header counts as HTTPS, as one that says so.
    if (isProtoGiven(condition)) {
      continue;
    }
    if (told === undefined) {
      left.push(condition);
    } else if (told !== scheme) {
      return undefined;
    }
  }
  return left;
}

function isProtoGiven(condition: Condition): boolean {
  return condition.kind === 'header' && condition.name === FORWARDED_PROTO && condition.value.is === 'given';
}

function schemeOf(condition: Condition): string | undefined {
  if (condition.kind === 'scheme') {
    return condition.scheme;
  }
  const isForwarded = condition.kind === 'header' && condition.name === FORWARDED_PROTO;
  return isForwarded && condition.value.is === 'equal' ? condition.value.text : undefined;
}

function outcomeFor(outcome: RouteOutcome, scheme: Scheme): RouteOutcome {
  return outcome.kind === 'redirect'
    ? { ...outcome, location: outcome.location.map((part) => partFor(part, scheme)) }
    : outcome;
}

function partFor(part: LocationPart, scheme: Scheme): LocationPart {
  return 'of' in part && part.of === 'scheme'
    ? { text: scheme }
    : 'of' in part && part.of === 'port'
      ? { text: PORTS[scheme] }
      : part;
}
