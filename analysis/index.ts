export * from './connectivity';
export * from './manifest';
export * from './routing';
