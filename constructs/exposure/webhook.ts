import { fields, listOf } from '../fields';
import { Peer } from '../policy/peer';
import { cidr } from '../values';
import type { ExposurePart } from './part';

/** Settings of `Exposure.webhook`. */
export interface WebhookProps {
  /**
   * The addresses of the API server: what `kubectl get endpointslices kubernetes` lists, or of the nodes that it runs on.
   *
   * @default - every address, since the API server runs on no Pod that a policy could name
   */
  readonly apiServer?: string[];
}

const PROPS = fields({ apiServer: listOf(cidr, '["10.0.0.0/28"]') });

/** A webhook that the API server calls. */
export function webhookPart(props: WebhookProps): ExposurePart {
  return {
    name: 'webhook',
    problems: (what) => PROPS(what, props),
    get callers() {
      return [props.apiServer === undefined ? Peer.anywhere() : Peer.apiServer(props.apiServer)];
    },
  };
}
