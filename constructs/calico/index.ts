export * from './calico';
export { CalicoDefaultDeny, type CalicoDefaultDenyProps } from './default-deny';
export * from './helm-values';
export * from './installation';
export * from './network';
export * from './props';
