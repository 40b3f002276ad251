export { CanaryIngress, type CanaryIngressProps } from './canary-ingress';
export { BlueGreen, CanaryRule, type CanaryWeightOptions } from './canary-rule';
export type { CanaryTarget } from './canary-target';
