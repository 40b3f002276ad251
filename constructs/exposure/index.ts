export { Exposure } from './exposure';
export type { GatewayExposureProps } from './gateway';
export type { GrpcExposureProps } from './grpc';
export type { IngressExposureProps } from './ingress';
export { PathType } from './path-type';
export type {
  AwsNetworkLoadBalancerProps,
  ClusterInternalProps,
  LoadBalancerProps,
  NodePortProps,
} from './service-parts';
export type { TlsPassthroughProps } from './tls-passthrough';
export { TrafficPolicy } from './traffic-policy';
export type { WebhookProps } from './webhook';
