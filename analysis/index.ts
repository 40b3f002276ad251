export * from './check';
export * from './connectivity';
export * from './delivery';
export * from './diff';
export * from './manifest';
export * from './migrate';
export * from './routing';
