export * from './ingress-nginx';
export * from './props';
export { IngressNginxProvider } from './provider';
export { IngressNginxVersion } from './version';
