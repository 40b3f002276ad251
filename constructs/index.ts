export * from './networking-app';
