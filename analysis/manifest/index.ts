export { type InputDegree, type Judged, judged } from './degree';
export { type Distinct, distinct } from './distinct';
export type { Manifest, Path, Position, Problem, ProblemSeverity, Source, Span } from './manifest';
export { inNamespace } from './namespace';
export type { ObjectProblemCode } from './object';
export { readManifests } from './read';
export { type ManifestProblemCode, manifestsOf, type Reading } from './reader';
