export { type AuditItem, type AuditRow, auditOf } from './audit';
export type { ObjectName } from './gateway';
export { ACCEPTED_DIFFERENCES, migrate } from './migrate';
export type {
  MigrateOptions,
  Migration,
  RefusedIngress,
  Remark,
  SettingFate,
  UnservedPath,
  WrittenSetting,
} from './migration';
export type { TargetName } from './targets';
