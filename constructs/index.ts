export * from './argocd';
export { AwsLoadBalancerScheme } from './aws-load-balancer';
export type { ContainerResources, ResourceAmounts } from './container-resources';
export * from './existing-service';
export * from './ingress-nginx';
export * from './namespace';
export * from './networking-app';
export * from './online-boutique';
export * from './stars-demo';
