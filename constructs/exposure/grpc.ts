import { Chart } from 'cdk8s';
import { fieldsWith, pattern, recordOf } from '../fields';
import type { IGateway } from '../gateway';
import { GatewayFeature } from '../gateway/feature';
import { certificateListenerProblems } from '../gateway/gateway-route';
import { lackProblems } from '../gateway/implementation';
import { addGrpcRoute } from '../gateway/other-route';
import type { INamespace } from '../namespace';
import { type Tls, tlsProblems } from '../tls';
import { annotations, host, namespace, objectName, type Problems } from '../values';
import { foreignCertificateProblems, gatewayEndPart, gatewayProblems } from './gateway-end';
import type { ExposurePart } from './part';

/** Settings of `Exposure.grpc`. */
export interface GrpcExposureProps {
  /** The Gateway: a `Gateway` of this app, or what `Gateway.existing` gives. Its implementation has to have GRPCRoutes. */
  readonly gateway: IGateway;

  /** The host that calls name, such as "grpc.example.com"; no HTTPRoute of the Gateway may have it. */
  readonly host: string;

  /**
   * The service of gRPC, with its package, such as "shop.v1.Cart".
   *
   * @default - every service
   */
  readonly service?: string;

  /**
   * The method of the `service`, such as "AddItem".
   *
   * @default - every method
   */
  readonly method?: string;

  /**
   * Where the certificate comes from: a Secret in the namespace of the service. The Gateway gets a listener for the host.
   *
   * @default - the certificates that the Gateway has
   */
  readonly tls?: Tls;

  /**
   * The name of the Gateway's listener that calls come in by; with `tls` that of the listener that is added.
   *
   * @default - every listener for HTTP or HTTPS that has the host
   */
  readonly listener?: string;

  /**
   * The name of the GRPCRoute.
   *
   * @default - the name of the Service
   */
  readonly routeName?: string;

  /**
   * The namespace of the GRPCRoute. In another one than that of the Service a ReferenceGrant is made beside the Service.
   *
   * @default - that of the Service
   */
  readonly routeNamespace?: INamespace;

  /**
   * Annotations of the GRPCRoute.
   *
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };
}

/** A GRPCRoute for the Service. */
export function grpcPart(props: GrpcExposureProps): ExposurePart {
  return gatewayEndPart(props, [PROPS, togetherProblems], {
    name: 'grpc',
    routeObject: (service) => ({ object: `GRPCRoute "${props.routeName ?? service}"`, setting: 'routeName' }),
    route: (scope, { name, port, namespace: given }) => {
      const { gateway, tls, service, method } = props;
      const own = given?.name ?? Chart.of(scope).namespace;
      const routeName = props.routeName ?? name;
      const id = `${routeName}-grpc-certificate`;
      const secret = tls?._secretFor({ scope, id, name: routeName, namespace: given, hosts: [props.host] });
      addGrpcRoute(scope, {
        gateway,
        host: props.host,
        listener: props.listener,
        certificate: secret === undefined ? undefined : { name: secret, namespace: own },
        call: service === undefined ? undefined : { service, method },
        routeName,
        namespace: props.routeNamespace?.name ?? own,
        annotations: props.annotations,
        service: { name, port, namespace: own },
      });
      return undefined;
    },
  });
}

const PROPS = fieldsWith(['gateway', 'host'], {
  gateway: gatewayProblems,
  host,
  service: pattern(
    /^(?=.{1,1024}$)[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/,
    'give a service with its package such as "shop.v1.Cart"',
  ),
  method: pattern(/^[A-Za-z_]\w{0,1023}$/, 'give a method such as "AddItem"'),
  tls: tlsProblems,
  listener: objectName,
  routeName: objectName,
  routeNamespace: namespace,
  annotations: recordOf(annotations),
});

function togetherProblems(what: string, props: GrpcExposureProps): Problems {
  const { gateway, tls, service, method } = props;
  return [
    ...lackProblems(what, gateway.implementation, GatewayFeature.GRPC_ROUTE),
    ...(method !== undefined && service === undefined
      ? [`${what}.method is given without service; give the service that has it`]
      : []),
    ...(tls === undefined
      ? []
      : [
          ...tls._hostProblems(`${what}.host`, [props.host]),
          ...foreignCertificateProblems(what, gateway, props.host),
          ...(gateway._listeners.isMadeHere
            ? certificateListenerProblems(gateway._listeners, props.host, props.listener)
            : []),
        ]),
  ];
}
