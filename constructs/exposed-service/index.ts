export type { AllowFromOptions } from './allow-from';
export { ExposedService } from './exposed-service';
export { PodSecurity } from './pod-security';
export { PortProtocol, type ServicePortProps } from './ports';
export type { ExposedServiceProps } from './props';
