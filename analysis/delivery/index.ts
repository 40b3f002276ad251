export type { DeliveryStep } from './deliveries';
