import type { AddressRange } from '../addresses';
import type { Pod } from '../model';
import type { Controller } from '../types';

/** Where requests of an exposure come from. */
export type Origin =
  /** Pods of a controller; `isGuess` where it may as well be installed in another way. */
  | { readonly kind: 'pods'; readonly pods: readonly Pod[]; readonly isGuess?: boolean }
  /** Addresses; `ranges` is left out where nobody knows them, or where all are meant. */
  | {
      readonly kind: 'addresses';
      readonly ranges?: readonly AddressRange[] | undefined;
      /** Of a load balancer, which are not those of its clients. */
      readonly isBalancer?: boolean;
      /** Whether a node may put its own address in the place of the client's. */
      readonly isNode?: boolean;
    }
  /** Nobody knows. */
  | { readonly kind: 'anybody' };

/** Who opens the connections of an exposure. */
export interface Entrance extends Controller {
  readonly from: Origin;
}
