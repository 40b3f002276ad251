export { type AppliedFile, appliedSets } from './alternatives';
export { type CheckOptions, type CheckResult, check, checkSets, type RuleSetting } from './check';
export type { Nearest } from './facts/nearest';
export type { Finding, FindingOf, ObjectRef, Place, RelatedPlace } from './finding';
export type * from './finding-args';
export type { Edit } from './fix/edit';
export type { Fix, RelatedRole, Severity } from './rule';
export type { Silencer } from './silence';
