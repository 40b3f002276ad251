import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { fieldsWith, recordOf } from '../fields';
import type { IGateway } from '../gateway';
import { type BackendTls, backendTlsProblems } from '../gateway/backend-tls';
import { GatewayFeature } from '../gateway/feature';
import { addGatewayRoute, certificateListenerProblems, type GatewayRoute } from '../gateway/gateway-route';
import { lackProblems } from '../gateway/implementation';
import { routePathProblems } from '../gateway/route-path';
import {
  corsProblems,
  type GatewayCors,
  type GatewayTimeouts,
  settingsLacks,
  timeoutProblems,
} from '../gateway/route-settings';
import type { INamespace } from '../namespace';
import { type Tls, tlsProblems } from '../tls';
import { annotations, flag, host, namespace, objectName, oneOf, type Problems } from '../values';
import { foreignCertificateProblems, gatewayEndPart, gatewayProblems } from './gateway-end';
import type { ExposurePart } from './part';
import { PathType } from './path-type';
import type { ServiceEnd } from './service-end';

/** Settings of `Exposure.gateway`. */
export interface GatewayExposureProps {
  /** The Gateway: a `Gateway` of this app, or what `Gateway.existing` gives. */
  readonly gateway: IGateway;

  /**
   * The host that requests name, such as "shop.example.com"; "*.example.com" stands for one or more labels more, where an
   * Ingress takes just one.
   */
  readonly host: string;

  /**
   * The path that requests begin with, by whole elements: "/shop" is "/shop" and "/shop/cart", not "/shopping".
   *
   * @default "/"
   */
  readonly path?: string;

  /**
   * How the path is compared.
   *
   * @default PathType.PREFIX
   */
  readonly pathType?: PathType;

  /**
   * Where the certificate for HTTPS comes from: a Secret in the namespace of the service. The Gateway gets a listener for
   * the host, and where it is in another namespace a ReferenceGrant.
   *
   * @default - the certificates that the Gateway has
   */
  readonly tls?: Tls;

  /**
   * Whether HTTP is always redirected to HTTPS, with `tls` for all paths of the host, as ingress-nginx does: by 308 where the
   * Gateway's implementation is known to have it, else by 301, which the core of the Gateway API has. `false` with `tls`
   * serves both.
   *
   * @default - true with `tls`, as with an Ingress; else false
   */
  readonly httpsOnly?: boolean;

  /**
   * The name of the Gateway's listener that requests come in by; with `tls` that of the listener that is added.
   *
   * @default - every listener that has the host; with `httpsOnly` those for HTTPS
   */
  readonly listener?: string;

  /**
   * The name of the HTTPRoute. The one that redirects has "-redirect" after it.
   *
   * @default - the name of the Service
   */
  readonly routeName?: string;

  /**
   * The namespace of the HTTPRoute. In another one than that of the Service a ReferenceGrant is made beside the Service.
   *
   * @default - that of the Service
   */
  readonly routeNamespace?: INamespace;

  /**
   * Annotations of the HTTPRoute.
   *
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };

  /**
   * How long the Gateway waits. Its implementation has to have it, by its conformance report.
   *
   * @default - what the implementation has
   */
  readonly timeouts?: GatewayTimeouts;

  /**
   * Which pages of other sites may ask from a browser. The Gateway's implementation has to have it, by its conformance report.
   *
   * @default - none; what the backend answers is handed on
   */
  readonly cors?: GatewayCors;

  /**
   * TLS from the Gateway to the Service, by a BackendTLSPolicy beside it, which holds for all Gateways. Their implementation has to
   * have it, by its conformance report.
   *
   * @default - none: the Gateway speaks HTTP to the Pods
   */
  readonly backendTls?: BackendTls;
}

/** An HTTPRoute for the Service. */
export function gatewayPart(props: GatewayExposureProps): ExposurePart {
  return gatewayEndPart(props, [PROPS, togetherProblems], {
    name: 'gateway',
    ownSettings: (['timeouts', 'cors', 'backendTls'] as const).filter((setting) => props[setting] !== undefined),
    routeObject: (service) => ({ object: `HTTPRoute "${props.routeName ?? service}"`, setting: 'routeName' }),
    route: (scope, service) => addRoute(scope, service, props),
  });
}

const PROPS = fieldsWith(['gateway', 'host'], {
  gateway: gatewayProblems,
  host,
  path: () => [],
  pathType: (what, value) => oneOf(what, value, Object.values(PathType)),
  tls: tlsProblems,
  httpsOnly: flag,
  listener: objectName,
  routeName: objectName,
  routeNamespace: namespace,
  annotations: recordOf(annotations),
  timeouts: timeoutProblems,
  cors: corsProblems,
  backendTls: backendTlsProblems,
});

function togetherProblems(what: string, props: GatewayExposureProps): Problems {
  const { gateway, host: name, path = '/', pathType = PathType.PREFIX, tls } = props;
  const { _listeners: listeners } = gateway;
  const problems = [
    ...routePathProblems(what, path, pathType, gateway.implementation),
    ...settingsLacks(what, gateway.implementation, props),
    ...(props.backendTls === undefined
      ? []
      : lackProblems(`${what}.backendTls`, gateway.implementation, GatewayFeature.BACKEND_TLS)),
    ...(tls?._hostProblems(`${what}.host`, [name]) ?? []),
  ];
  if (tls && !listeners.isMadeHere) {
    problems.push(...foreignCertificateProblems(what, gateway, name));
  } else if (tls) {
    problems.push(...certificateListenerProblems(listeners, name, props.listener));
  } else if (isHttpsOnly(props) && listeners.isOpen) {
    const instead = 'name them, by listeners of Gateway.existing';
    problems.push(`${what}.httpsOnly is true, and nothing says which listeners ${listeners.text} has; ${instead}`);
  }
  return problems;
}

function isHttpsOnly({ httpsOnly, tls }: GatewayExposureProps): boolean {
  return httpsOnly ?? tls !== undefined;
}

function addRoute(scope: Construct, service: ServiceEnd, props: GatewayExposureProps): GatewayRoute {
  const { gateway, host: name, path = '/', pathType = PathType.PREFIX, listener, tls, routeNamespace } = props;
  const own = service.namespace?.name ?? Chart.of(scope).namespace;
  const routeName = props.routeName ?? service.name;
  const secretName = tls?._secretFor({
    scope,
    id: `${routeName}-certificate`,
    name: routeName,
    namespace: service.namespace,
    hosts: [name],
  });
  return addGatewayRoute(scope, {
    gateway,
    host: name,
    path,
    pathType,
    listener,
    certificate: secretName === undefined ? undefined : { name: secretName, namespace: own },
    httpsOnly: isHttpsOnly(props),
    isHttpMeant: props.httpsOnly === false,
    routeName,
    namespace: routeNamespace?.name ?? own,
    annotations: props.annotations,
    isMadeElsewhere: service.hasRouteMadeElsewhere ?? false,
    service: { name: service.name, port: service.port, portName: service.portName, namespace: own },
    settings: { timeouts: props.timeouts, cors: props.cors },
    backendTls: props.backendTls,
  });
}
