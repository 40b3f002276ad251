export * from './calico';
export * from './helm-values';
export * from './installation';
export * from './network';
export * from './props';
