export type { ArgoRolloutsProps } from './argo-rollouts-props';
export type { DeliveryAnalysis } from './delivery-analysis';
export { DeliveryMetric, type MetricRange } from './delivery-metric';
export type { FlaggerProps } from './flagger-props';
export { FlaggerStrategy } from './flagger-strategy';
export { ProgressiveDelivery } from './progressive-delivery';
export { RolloutStep } from './rollout-step';
export { type BlueGreenRolloutOptions, RolloutStrategy } from './rollout-strategy';
