/**
 * Matchers for jest: who can connect to whom, and where requests go. Importing this adds them to `expect`.
 *
 * @packageDocumentation
 */
import './augmentation';
import { expectOfJest, extendExpect } from './expect';

export { type Expect, extendExpect } from './expect';
export { type Manifests, manifests } from './manifests';
export type {
  Backend,
  ConnectionException,
  ConnectionQuestion,
  ConnectionTable,
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

const expect = expectOfJest();
if (expect !== undefined) {
  extendExpect(expect);
}
