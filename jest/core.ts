/** What is the same in every runner: types, and `manifests`. */
export type { Expect } from './expect';
export { manifests } from './given';
export type { Manifests } from './manifests';
export type {
  Backend,
  ConnectionException,
  ConnectionQuestion,
  ConnectionTable,
  FindingsQuestion,
  NamedService,
  NetworkingMatchers,
  Peer,
  Port,
  Redirect,
  Request,
  RouteMatchers,
  Subject,
  SubjectOptions,
} from './types';
