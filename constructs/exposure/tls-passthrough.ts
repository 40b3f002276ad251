import { Chart } from 'cdk8s';
import { fieldsWith, recordOf } from '../fields';
import type { IGateway } from '../gateway';
import { GatewayFeature } from '../gateway/feature';
import { lackProblems } from '../gateway/implementation';
import { GatewayListener } from '../gateway/listener';
import { addTlsRoute } from '../gateway/other-route';
import type { INamespace } from '../namespace';
import { annotations, host, namespace, objectName, type Problems, port, shown } from '../values';
import { gatewayEndPart, gatewayProblems } from './gateway-end';
import type { ExposurePart } from './part';

/** Settings of `Exposure.tlsPassthrough`. */
export interface TlsPassthroughProps {
  /** The Gateway: a `Gateway` of this app, or what `Gateway.existing` gives. Its implementation has to have TLSRoutes. */
  readonly gateway: IGateway;

  /** The name that clients ask for (SNI), such as "db.example.com"; "*.example.com" stands for one or more labels more. */
  readonly host: string;

  /**
   * The port of the Gateway, from 1 to 65535, on which nothing but TLS that is passed through is served. Only with a Gateway of this
   * app.
   *
   * @default 443
   */
  readonly port?: number;

  /**
   * The name of the listener: of the one that is added, or of one of a Gateway that is there already.
   *
   * @default - made from port and host, such as "tls-db.example.com"; every listener of a Gateway that is there already
   */
  readonly listener?: string;

  /**
   * The name of the TLSRoute.
   *
   * @default - the name of the Service
   */
  readonly routeName?: string;

  /**
   * The namespace of the TLSRoute. In another one than that of the Service a ReferenceGrant is made beside the Service.
   *
   * @default - that of the Service
   */
  readonly routeNamespace?: INamespace;

  /**
   * Annotations of the TLSRoute.
   *
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };
}

/** A TLSRoute for the Service. */
export function tlsPassthroughPart(props: TlsPassthroughProps): ExposurePart {
  return gatewayEndPart(props, [PROPS, togetherProblems], {
    name: 'tlsPassthrough',
    routeObject: (service) => ({ object: `TLSRoute "${props.routeName ?? service}"`, setting: 'routeName' }),
    route: (scope, service) => {
      const own = service.namespace?.name ?? Chart.of(scope).namespace;
      addTlsRoute(scope, {
        gateway: props.gateway,
        host: props.host,
        port: props.port,
        listener: props.listener,
        routeName: props.routeName ?? service.name,
        namespace: props.routeNamespace?.name ?? own,
        annotations: props.annotations,
        service: { name: service.name, port: service.port, namespace: own },
      });
      return undefined;
    },
  });
}

const PROPS = fieldsWith(['gateway', 'host'], {
  gateway: gatewayProblems,
  host,
  port,
  listener: objectName,
  routeName: objectName,
  routeNamespace: namespace,
  annotations: recordOf(annotations),
});

function togetherProblems(what: string, props: TlsPassthroughProps): Problems {
  const { gateway, listener: name } = props;
  const { _listeners: listeners } = gateway;
  const own = GatewayListener.tlsPassthrough({ hostname: props.host, port: props.port, name });
  return [
    ...lackProblems(what, gateway.implementation, GatewayFeature.TLS_ROUTE),
    ...(listeners.isMadeHere ? listeners.problemsOfAdding(own) : []),
    ...(!listeners.isMadeHere && props.port !== undefined
      ? [`${what}.port is ${shown(props.port)}, and ${listeners.text} is there already; name its listener instead`]
      : []),
  ];
}
