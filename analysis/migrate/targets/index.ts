export type { Fragment, Operation, Place, Said, Target, TargetName, Unsaid } from './target';
export { TARGET_NAMES, TARGETS, targetOf } from './targets';
