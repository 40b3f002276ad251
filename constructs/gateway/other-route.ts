import type { Construct } from 'constructs';
import {
  GrpcRoute,
  type GrpcRouteSpecRulesMatches,
  GrpcRouteSpecRulesMatchesMethodType as MethodType,
  TlsRoute,
} from '../../imports/gateway.networking.k8s.io';
import { claimsOn, secondProblems } from '../claims';
import { shown } from '../values';
import { backendOf, certificateListener, placeOf, type ServicePlace } from './gateway-route';
import { backendRef } from './http-route';
import { GatewayListener } from './listener';
import { type CertificatePlace, type GatewayPlace, type ServedRoute, WEB } from './listeners';
import type { IGateway } from './props';
import { GATEWAY_GROUP } from './reference-grant';

/** A route that leads to a Service. */
interface Wanted {
  readonly gateway: IGateway;
  readonly host: string;
  /** The listener that it names; with a certificate, or for TLS, the name of the one that is added. */
  readonly listener: string | undefined;
  readonly routeName: string;
  /** That of the route; nothing when no manifest names it. */
  readonly namespace: string | undefined;
  readonly annotations: { readonly [key: string]: string } | undefined;
  readonly service: ServicePlace;
}

/** Calls of gRPC. */
export interface WantedGrpc extends Wanted {
  /** The service with its package, and its method; nothing for all. */
  readonly call: { readonly service: string; readonly method?: string | undefined } | undefined;
  /** The certificate that the Gateway is to have for the host. */
  readonly certificate: CertificatePlace | undefined;
}

/** Leads calls of gRPC to a Service. */
export function addGrpcRoute(scope: Construct, wanted: WantedGrpc): void {
  const { gateway, host, listener, certificate, routeName, namespace, annotations, service, call } = wanted;
  const { _listeners: listeners } = gateway;
  const added = certificate && certificateListener(scope, listeners, host, listener, certificate);
  const named = added ?? listener;
  const sections = () => (named === undefined ? undefined : [named]);
  const backend = backendOf(scope, service, namespace, 'GRPCRoute');
  const matches: GrpcRouteSpecRulesMatches[] | undefined = call && [{ method: { type: MethodType.EXACT, ...call } }];
  const route = new GrpcRoute(scope, `${routeName}-grpc-route`, {
    metadata: { name: routeName, namespace, annotations },
    spec: {
      parentRefs: parentRefs(listeners.place, sections()),
      hostnames: [host],
      rules: [{ matches, backendRefs: [backendRef(backend)] }],
    },
  });
  const served: ServedRoute = { object: `GRPCRoute ${shown(routeName)}`, namespace, host, protocols: WEB, sections };
  listeners.serve(served);
  const claimed = placeOf(scope, listeners);
  const alike = claimsOn(scope, ['grpc-route', ...claimed, named ?? null, host, call ?? null]);
  alike.add(route);
  scope.node.addValidation({
    validate: () => {
      const [web] = claimsOn(scope, ['http-host', ...claimed, host]);
      const shared =
        web === undefined
          ? []
          : [
              `${web.node.path} and ${route.node.path} both take ${host}; a Gateway serves a host to one kind of routes, give gRPC a host of its own`,
            ];
      const what = call === undefined ? host : `${call.service} of ${host}`;
      const text = `both take ${what}; the Gateway serves the older one, leave one out`;
      return [...listeners.problemsOf(served, scope), ...shared, ...secondProblems(alike, route, text)];
    },
  });
}

/** Leads connections of TLS to a Service, by the name that clients ask for; nothing of them is decrypted. */
export function addTlsRoute(scope: Construct, wanted: Wanted & { readonly port: number | undefined }): void {
  const { gateway, host, port, routeName, namespace, annotations, service } = wanted;
  const { _listeners: listeners } = gateway;
  const own = GatewayListener.tlsPassthrough({ hostname: host, port, name: wanted.listener });
  const backend = backendOf(scope, service, namespace, 'TLSRoute');
  if (listeners.isMadeHere) {
    listeners.add(own);
  }
  const named = listeners.isMadeHere ? own._name : wanted.listener;
  const sections = () => (named === undefined ? undefined : [named]);
  const route = new TlsRoute(scope, `${routeName}-tls-route`, {
    metadata: { name: routeName, namespace, annotations },
    spec: {
      parentRefs: parentRefs(listeners.place, sections()),
      hostnames: [host],
      rules: [{ backendRefs: [backendRef(backend)] }],
    },
  });
  const protocols = [own._protocol];
  const served: ServedRoute = { object: `TLSRoute ${shown(routeName)}`, namespace, host, protocols, sections };
  listeners.serve(served);
  const alike = claimsOn(scope, ['tls-route', ...placeOf(scope, listeners), named ?? null, host]);
  alike.add(route);
  scope.node.addValidation({
    validate: () => [
      ...listeners.problemsOf(served, scope),
      ...secondProblems(alike, route, `both take ${host}; the Gateway serves the older one, leave one out`),
    ],
  });
}

function parentRefs({ kind, name, namespace }: GatewayPlace, sections: readonly string[] | undefined) {
  const ref = { group: GATEWAY_GROUP, kind, namespace, name };
  return sections?.map((sectionName) => ({ ...ref, sectionName })) ?? [ref];
}
