export type { ValidationContext, ValidationReport, ValidationViolation } from './context';
export { NetworkingValidation, type NetworkingValidationProps } from './plugin';
