export { TARGET_NAMES, type TargetName } from './names';
export type { Fragment, Operation, OperationPath, Place, Said, Target, Unsaid } from './target';
export { TARGETS, targetOf } from './targets';
