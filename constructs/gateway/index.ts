export { AllowedNamespaces } from './allowed-namespaces';
export type { ExistingGatewayProps } from './existing-gateway';
export { Gateway, type GatewayProps, type IGateway } from './gateway';
export { GatewayImplementation, type GatewayImplementationProps, type GatewayPods } from './implementation';
export { GatewayListener, type GatewayListenerProps, type GatewaySecret, type HttpsListenerProps } from './listener';
