import { type Cluster, type External, isExternal, type Peer, peerText } from '../analysis/connectivity';
import { parseAddress, parseCidr } from '../analysis/connectivity/addresses';
import { isWorkload } from '../analysis/connectivity/read/owners';
import { isMapping } from '../analysis/manifest/value';
import { nearest } from '../report/near';
import { peerLabel } from '../report/peers';
import { listOf, shownArgument } from './arguments';
import { isConstruct, namesBelow } from './constructs';
import { Unanswerable } from './failure';
import type { Peer as GivenPeer } from './types';

/** What stands for all addresses outside. */
const EXTERNAL = 'external';

/** The peers of a cluster that tests name. */
export class PeerNames {
  constructor(private readonly cluster: Cluster) {}

  /**
   * The peers that somebody gave, each once.
   *
   * @param role what they were given to, `from` or `to`
   * @throws Unanswerable for a name that nothing has, or that several workloads have
   */
  all(role: string, given: GivenPeer | readonly GivenPeer[]): readonly Peer[] {
    const list = listOf(given);
    if (list.length === 0) {
      throw new Unanswerable(`${role} is an empty list; give at least one workload or address`);
    }
    return [...new Set(list.flatMap((one) => this.one(role, one)))];
  }

  /**
   * The same, where addresses must be told apart by the policies: what is said of a block has to be meant of all that
   * answers know of it.
   */
  exactly(role: string, given: GivenPeer | readonly GivenPeer[]): readonly Peer[] {
    for (const one of listOf(given)) {
      const wider = typeof one === 'string' ? this.one(role, one).find((peer) => isWider(peer, one)) : undefined;
      if (wider !== undefined) {
        throw new Unanswerable(
          `${role} ${shownArgument(one)}: no policy tells these addresses from the rest of ${peerLabel(wider)}; give that, or "external"`,
        );
      }
    }
    return this.all(role, given);
  }

  private one(role: string, given: GivenPeer): readonly Peer[] {
    const { name, shown } = nameOf(role, given);
    const workloads = this.cluster.find(name);
    if (name === EXTERNAL) {
      if (workloads.length > 0) {
        throw new Unanswerable(
          `${role} "external": a workload has this name; give ${workloads.map(peerText).join(' or ')}, or the addresses outside as ["0.0.0.0/0", "::/0"]`,
        );
      }
      return this.cluster.externals;
    }
    if (workloads.length === 0) {
      throw new Unanswerable(`${role} ${shown}: no workload has this name; ${this.advice(name)}`);
    }
    if (workloads.length > 1 && !workloads.every(isExternal)) {
      throw new Unanswerable(
        `${role} ${shown}: ${workloads.length} workloads have this name; choose one: ${workloads.map(peerText).join(', ')}`,
      );
    }
    return workloads;
  }

  private advice(name: string): string {
    const { workloads } = this.cluster;
    const near = nearest(name, workloads.map(peerText));
    if (near.length > 0) {
      return `did you mean ${near.join(' or ')}?`;
    }
    const count = workloads.length === 1 ? 'is 1 workload' : `are ${workloads.length} workloads`;
    return `there ${count}; give NAME, NAMESPACE/NAME or NAMESPACE/KIND/NAME, an IP address, a CIDR or "external"`;
  }
}

/** The name of what somebody gave, and how a message calls it. */
function nameOf(role: string, given: unknown): { readonly name: string; readonly shown: string } {
  if (typeof given === 'string' && given !== '') {
    return { name: given, shown: JSON.stringify(given) };
  }
  if (isConstruct(given)) {
    const names = namesBelow(given, isWorkload).map(peerText as (named: object) => string);
    const path = shownArgument(given);
    const [name] = names;
    if (name === undefined) {
      throw new Unanswerable(`${role} ${path}: there is no workload at or below this construct; give one that has one`);
    }
    if (names.length > 1) {
      throw new Unanswerable(
        `${role} ${path}: there are ${names.length} workloads below this construct; choose one: ${names.join(', ')}`,
      );
    }
    return { name, shown: `${path} (${name})` };
  }
  if (isMapping(given) && typeof given.name === 'string' && typeof given.kind === 'string') {
    const name = `${given.namespace ?? 'default'}/${given.kind}/${given.name}`;
    return { name, shown: name };
  }
  throw new Unanswerable(
    `${role} is ${shownArgument(given)}; give the name of a workload, an address, a CIDR, "external" or a construct`,
  );
}

/** Whether a range has addresses that a text does not name. */
function isWider(peer: Peer, text: string): peer is External {
  if (!isExternal(peer) || text === EXTERNAL) {
    return false;
  }
  const [first, last] = peer.ipRange.split('-').map(parseAddress);
  const address = parseAddress(text);
  const block = address === undefined ? parseCidr(text) : { start: address, end: address + 1n };
  return first !== undefined && last !== undefined && 'start' in block && (first < block.start || last >= block.end);
}
