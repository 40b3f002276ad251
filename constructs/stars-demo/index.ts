export * from './stars-demo';
export * from './step';
