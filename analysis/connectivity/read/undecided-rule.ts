import type { OrderedRule } from '../tiers';
import { EVERY_PORT } from './every-port';

/** A rule at the end of a policy of which nobody knows what it means: it may close everything. */
export function undecidedRule(why: string): OrderedRule {
  return {
    index: 0,
    action: 'deny',
    verb: 'Deny',
    name: undefined,
    everybody: false,
    pods: [],
    addresses: [],
    nodes: undefined,
    ports: EVERY_PORT,
    doubtful: { everybody: true, pods: [], addresses: [], why },
  };
}
