export * from './constructs';
export * from './validation';
