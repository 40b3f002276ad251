export * from './connectivity';
export * from './diff';
export * from './manifest';
export * from './routing';
