export { AllowedNamespaces } from './allowed-namespaces';
export type { ExistingGatewayProps } from './existing-gateway';
export { Gateway } from './gateway';
export { GatewayImplementation } from './implementation';
export type { GatewayImplementationProps, GatewayPods } from './implementation-props';
export { GatewayListener, type GatewayListenerProps, type GatewaySecret, type HttpsListenerProps } from './listener';
export type { GatewayProps, IGateway } from './props';
