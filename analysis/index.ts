export * from './connectivity';
export * from './manifest';
