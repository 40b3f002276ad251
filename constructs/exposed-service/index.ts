export { type AllowFromOptions, ExposedService } from './exposed-service';
export { PodSecurity } from './pod-security';
export type { ExposedServiceProps } from './props';
