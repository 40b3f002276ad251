import type { ClusterOptions } from '../analysis/connectivity';
import { type Packed, unpacked } from '../report/page/pack';
import { Session } from '../report/page/session';
import { answering } from './answering';

/** What a page carries for its worker. */
export interface Opening {
  readonly now: Packed;
  readonly before?: Packed;
  readonly options: ClusterOptions;
}

answering((opening: Opening) => {
  const { now, before, options } = opening;
  return new Session({ manifests: unpacked(now), before: before && unpacked(before), options });
});
