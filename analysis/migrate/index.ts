export type { ObjectName } from './gateway';
export { migrate } from './migrate';
export type { MigrateOptions, Migration, RefusedIngress, Remark } from './migration';
