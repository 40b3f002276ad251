export type { ObjectName } from './gateway';
export { ACCEPTED_DIFFERENCES, migrate } from './migrate';
export type { MigrateOptions, Migration, RefusedIngress, Remark } from './migration';
