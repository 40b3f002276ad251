import type { Action } from '../tiers';
import { ALL, NONE, type PortSet, type PortSets } from './port-sets';
import type { Block, TierOf } from './programs';

/**
 * What is taken of rules of which manifests cannot tell whether they match: that they do not (`plain`), or whatever leaves
 * least open (`least`) or most (`most`). What is open in `least` is open for sure, what is closed in `most` is closed for
 * sure.
 */
export type Reading = 'plain' | 'least' | 'most';

/** What a program comes to for a peer: `fixed` is open, and of `gate` what NetworkPolicies allow. */
export interface Decision {
  readonly fixed: PortSet;
  readonly gate: PortSet;
}

/** Without a program, NetworkPolicies alone decide. */
export const UNDECIDED: Decision = { fixed: NONE, gate: ALL };

/** A rule, compiled or not. */
interface Acting {
  readonly action: Action;
}

/** What steps mean for one peer. */
export interface Matching<Of> {
  /** Whether a step matches the peer; `undefined` where nobody knows. */
  matches(step: Of): boolean | undefined;
  /** The ports of the receiving end that a step means. */
  portsOf(step: Of): PortSet;
}

/** Ports on their way through the tiers. Where there is doubt, a port may be at several places. */
interface State {
  /** Not decided about in this tier. */
  readonly open: PortSet;
  /** On the way to the next tier. */
  readonly passed: PortSet;
  readonly allowed: PortSet;
  readonly denied: PortSet;
}

/** Asks the tiers of a program about all ports at once. */
export function decide<Of extends Acting>(
  { tiers }: { readonly tiers: readonly TierOf<Of>[] },
  matching: Matching<Of>,
  sets: PortSets,
  reading: Reading,
): Decision {
  let state: State = { open: ALL, passed: NONE, allowed: NONE, denied: NONE };
  /** Those that come to the NetworkPolicies: as if none of them allowed anything. */
  let behind: State | undefined;
  let gate = NONE;
  for (const { blocks, end } of tiers) {
    for (const block of blocks) {
      if (block === 'network-policies') {
        gate = state.open;
        behind = { open: state.open, passed: NONE, allowed: NONE, denied: NONE };
        state = { ...state, open: NONE };
      } else {
        state = askBlock(block, state, matching, sets, reading);
        behind = behind === undefined ? undefined : askBlock(block, behind, matching, sets, reading);
      }
    }
    state = leave(state, end, sets);
    behind = behind === undefined ? undefined : leave(behind, end, sets);
  }
  if (reading === 'least') {
    const sure = sets.difference(ALL, state.denied);
    return {
      fixed: behind === undefined ? sure : sets.difference(sure, behind.denied),
      gate: behind === undefined ? NONE : sure,
    };
  }
  const allowed = sets.union(state.allowed, state.open);
  return {
    fixed: behind === undefined ? allowed : sets.unionOf([allowed, behind.allowed, behind.open]),
    gate,
  };
}

function leave(state: State, end: 'deny' | 'pass', sets: PortSets): State {
  return end === 'deny'
    ? { ...state, open: state.passed, passed: NONE, denied: sets.union(state.denied, state.open) }
    : { ...state, open: sets.union(state.passed, state.open), passed: NONE };
}

/** Asks policies of the same place in the order: whichever decides first, where that is to be left open. */
function askBlock<Of extends Acting>(
  block: Exclude<Block<Of>, string>,
  before: State,
  matching: Matching<Of>,
  sets: PortSets,
  reading: Reading,
): State {
  let after = before;
  let open = before.open;
  for (const steps of block) {
    after = askPolicy(steps, reading === 'plain' ? after : { ...after, open: before.open }, matching, sets, reading);
    open = sets.intersection(open, after.open);
  }
  return { ...after, open };
}

function askPolicy<Of extends Acting>(
  steps: readonly Of[],
  state: State,
  matching: Matching<Of>,
  sets: PortSets,
  reading: Reading,
): State {
  let { open, passed, allowed, denied } = state;
  for (const step of open === NONE ? [] : steps) {
    const match = matching.matches(step);
    if (match === false || (match === undefined && reading === 'plain')) {
      continue;
    }
    const ports = sets.intersection(open, matching.portsOf(step));
    if (step.action === 'allow') {
      allowed = sets.union(allowed, ports);
    } else if (step.action === 'deny') {
      denied = sets.union(denied, ports);
    } else {
      passed = sets.union(passed, ports);
    }
    if (match === true) {
      open = sets.difference(open, ports);
    }
  }
  return { open, passed, allowed, denied };
}
