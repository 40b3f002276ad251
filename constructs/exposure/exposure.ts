import { type Problems, shown } from '../values';
import { type GatewayExposureProps, gatewayPart } from './gateway';
import { type GrpcExposureProps, grpcPart } from './grpc';
import { type IngressExposureProps, ingressPart } from './ingress';
import type { ExposurePart } from './part';
import {
  type AwsNetworkLoadBalancerProps,
  awsNetworkLoadBalancerPart,
  type ClusterInternalProps,
  clusterInternalPart,
  type LoadBalancerProps,
  loadBalancerPart,
  type NodePortProps,
  nodePortPart,
} from './service-parts';
import { type TlsPassthroughProps, tlsPassthroughPart } from './tls-passthrough';
import { type WebhookProps, webhookPart } from './webhook';

/**
 * From where a Service can be reached. Two of them may be joined by `and`, such as an Ingress and a Gateway while one
 * takes over from the other.
 *
 * Wrong values are refused by the `ExposedService` that is given the exposure.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
 */
export class Exposure {
  /** From inside the cluster only. */
  public static clusterInternal(props: ClusterInternalProps = {}): Exposure {
    return new Exposure([clusterInternalPart(props)]);
  }

  /** From outside too, by a port of every node. */
  public static nodePort(props: NodePortProps = {}): Exposure {
    return new Exposure([nodePortPart(props)]);
  }

  /** From outside too, by a load balancer as the cluster's cloud makes one. */
  public static loadBalancer(props: LoadBalancerProps = {}): Exposure {
    return new Exposure([loadBalancerPart(props)]);
  }

  /** From outside too, by a Network Load Balancer of AWS. */
  public static awsNetworkLoadBalancer(props: AwsNetworkLoadBalancerProps = {}): Exposure {
    return new Exposure([awsNetworkLoadBalancerPart(props)]);
  }

  /** From outside too, by HTTP and a host: an Ingress, for ingress-nginx. */
  public static ingress(props: IngressExposureProps): Exposure {
    return new Exposure([ingressPart(Object(props))]);
  }

  /** From outside too, by HTTP and a host: an HTTPRoute of the Gateway API. */
  public static gateway(props: GatewayExposureProps): Exposure {
    return new Exposure([gatewayPart(Object(props))]);
  }

  /** From outside too, by calls of gRPC and a host: a GRPCRoute of the Gateway API. */
  public static grpc(props: GrpcExposureProps): Exposure {
    return new Exposure([grpcPart(Object(props))]);
  }

  /** From outside too, by TLS that the Pods decrypt themselves, and a host: a TLSRoute of the Gateway API. */
  public static tlsPassthrough(props: TlsPassthroughProps): Exposure {
    return new Exposure([tlsPassthroughPart(Object(props))]);
  }

  /**
   * From inside the cluster only, and by the API server too, which calls a webhook of admission or conversion. Where the Pods
   * are closed, their port opens to it by itself.
   */
  public static webhook(props: WebhookProps = {}): Exposure {
    return new Exposure([webhookPart(props)]);
  }

  private constructor(
    /** @internal */
    public readonly _parts: readonly ExposurePart[],
  ) {}

  /** This exposure and another one. */
  public and(other: Exposure): Exposure {
    return new Exposure([...this._parts, ...(other instanceof Exposure ? other._parts : [noPart(other)])]);
  }

  /** @internal */
  public _problems(what: string): Problems {
    return this._parts.flatMap((part) => part.problems(this._parts.length > 1 ? `${what}.${part.name}` : what));
  }
}

/** Remembers a mistake until there is a construct to name. */
function noPart(value: unknown): ExposurePart {
  return {
    name: 'and',
    callers: [],
    problems: (what) => [`${what} is ${shown(value)}; give an Exposure such as Exposure.ingress({ host })`],
  };
}
