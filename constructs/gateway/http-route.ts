import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  HttpRoute,
  type HttpRouteSpecParentRefs,
  type HttpRouteSpecRules,
  type HttpRouteSpecRulesBackendRefs,
  type HttpRouteSpecRulesFiltersRequestRedirectStatusCode,
  HttpRouteSpecRulesFiltersType,
  type HttpRouteSpecRulesMatchesPath,
  HttpRouteSpecRulesFiltersRequestRedirectScheme as Scheme,
} from '../../imports/gateway.networking.k8s.io';
import type { GatewayPlace } from './listeners';
import { GATEWAY_GROUP } from './reference-grant';
import { type RouteSettings, withSettings } from './route-settings';

/** A Service that a rule sends requests to. */
export interface RouteBackend {
  readonly name: string;
  readonly port: number;
  /** Its namespace, where that is not the one of the route. */
  readonly namespace?: string | undefined;
}

/** How a part of a route's requests is taken out of it. */
export type Division = (path: HttpRouteSpecRulesMatchesPath, main: RouteBackend) => HttpRouteSpecRules[];

/** The rules of a route, which a canary may divide until the very end. */
export class RouteRules {
  private division: Division = (path, main) => [{ matches: [{ path }], backendRefs: [backendRef(main)] }];

  constructor(
    private readonly path: HttpRouteSpecRulesMatchesPath,
    private readonly main: RouteBackend,
    private readonly settings: RouteSettings = {},
  ) {}

  public divide(division: Division): void {
    this.division = division;
  }

  public toJson(): HttpRouteSpecRules[] {
    return this.division(this.path, this.main).map((rule) => withSettings(rule, this.settings));
  }
}

/** A backend with what an API server would fill in. */
export function backendRef({ name, namespace, port }: RouteBackend, weight: number = 1): HttpRouteSpecRulesBackendRefs {
  return { group: '', kind: 'Service', name, namespace, port, weight };
}

/** The rule that redirects to HTTPS on a port. */
export function redirectRule(path: HttpRouteSpecRulesMatchesPath, status: 301 | 308, port: number): HttpRouteSpecRules {
  return {
    matches: [{ path }],
    filters: [
      {
        type: HttpRouteSpecRulesFiltersType.REQUEST_REDIRECT,
        requestRedirect: {
          scheme: Scheme.HTTPS,
          port: port === 443 ? undefined : port,
          statusCode: status as HttpRouteSpecRulesFiltersRequestRedirectStatusCode,
        },
      },
    ],
  };
}

/** An HTTPRoute to write. */
export interface RouteObject {
  readonly name: string;
  /** Nothing for that of the chart. */
  readonly namespace: string | undefined;
  readonly annotations?: { readonly [key: string]: string } | undefined;
  readonly gateway: GatewayPlace;
  /** The listeners that it belongs to; nothing for all that have its host. */
  readonly sections: () => readonly string[] | undefined;
  readonly host: string;
  readonly rules: () => HttpRouteSpecRules[];
}

/**
 * Writes an HTTPRoute with what an API server would fill in.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
export function addHttpRoute(scope: Construct, id: string, route: RouteObject): HttpRoute {
  const { name, namespace, annotations, host } = route;
  return new HttpRoute(scope, id, {
    metadata: { name, namespace, annotations },
    spec: {
      // Canaries and listeners may be added until the very end.
      parentRefs: Lazy.any({ produce: () => parentRefs(route) }) as unknown as HttpRouteSpecParentRefs[],
      hostnames: [host],
      rules: Lazy.any({ produce: route.rules }) as unknown as HttpRouteSpecRules[],
    },
  });
}

/** The Gateway and its listeners, with what an API server would fill in. */
export function parentRefs({
  gateway,
  sections,
}: Pick<RouteObject, 'gateway' | 'sections'>): HttpRouteSpecParentRefs[] {
  const { kind, name, namespace } = gateway;
  const ref = { group: GATEWAY_GROUP, kind, namespace, name };
  return sections()?.map((sectionName) => ({ ...ref, sectionName })) ?? [ref];
}
