import { PeerNames } from '../report/connections/named';
import { Refusal } from './refusal';

/** The peers that names stand for, as options give them. */
export class NamedPeers extends PeerNames {
  /** @throws Refusal for names that nothing has, or that several workloads have */
  check(): void {
    if (this.refusals.length > 0) {
      throw new Refusal(this.refusals);
    }
  }
}
