import { type Peer, type Ports, PROTOCOLS, peerText, type UnseenConnection } from '../analysis/connectivity';
import { ALL, NONE, type PortSet, PortSets } from '../analysis/connectivity/engine/port-sets';
import { checkMembers, listOf, shownArgument } from './arguments';
import { Unanswerable } from './failure';
import type { PeerNames } from './peers';
import { rangeOf } from './ports';
import type { ConnectionException, ConnectionTable } from './types';

interface Exception {
  readonly from: ReadonlySet<Peer> | undefined;
  readonly to: ReadonlySet<Peer> | undefined;
  readonly ports: PortSet;
  readonly given: ConnectionException;
  used: boolean;
}

/** What the connections of a table have to be: all open or all closed, but for the exceptions. */
export class Expected {
  private readonly sets = new PortSets();
  private readonly exceptions: readonly Exception[];
  /** What pods that no manifest shows may have. */
  private readonly unseen: PortSet;

  /**
   * @param rest what is not excepted: all ports or none
   * @param exceptUnseen what pods that no manifest shows may have: all ports, some, or none
   * @throws Unanswerable for an exception that is none
   */
  constructor(
    names: PeerNames,
    private readonly rest: PortSet,
    except: readonly ConnectionException[],
    exceptUnseen: ConnectionTable['exceptUnseen'] = false,
  ) {
    this.unseen =
      typeof exceptUnseen === 'boolean' ? (exceptUnseen ? ALL : NONE) : this.portSet('exceptUnseen', exceptUnseen);
    if (!Array.isArray(except)) {
      throw new Unanswerable(`except is ${shownArgument(except)}; give a list such as [{ from: "frontend" }]`);
    }
    this.exceptions = except.map((given, index) => {
      const what = `except[${index}]`;
      checkMembers(what, given, ['from', 'to', 'port'], '{ from: "frontend", to: "backend", port: 6379 }');
      const peers = (role: 'from' | 'to') =>
        given[role] === undefined ? undefined : new Set(names.exactly(`${what}.${role}`, given[role]));
      return { from: peers('from'), to: peers('to'), ports: this.portSet('port', given.port), given, used: false };
    });
  }

  /**
   * What is left of a way of pods that no manifest shows, without what exceptions name that mean everybody at their end and
   * without what is excepted of such pods.
   */
  leftOpen({ from, to, ports }: UnseenConnection): PortSet {
    const means = (peers: ReadonlySet<Peer> | undefined, end: UnseenConnection['from']) =>
      peers === undefined || (!('pods' in end) && [...peers].some((peer) => peerText(peer) === peerText(end)));
    const excepted = this.exceptions.filter((exception) => means(exception.from, from) && means(exception.to, to));
    return this.sets.difference(
      this.setOf(ports),
      this.sets.unionOf([this.unseen, ...excepted.map((exception) => exception.ports)]),
    );
  }

  /** The ports that have to be open from one peer to another, and no others. */
  ports(from: Peer, to: Peer): Ports {
    let ports = NONE;
    for (const exception of this.exceptions) {
      if ((exception.from?.has(from) ?? true) && (exception.to?.has(to) ?? true)) {
        exception.used = true;
        ports = this.sets.union(ports, exception.ports);
      }
    }
    return this.sets.portsOf(this.rest === NONE ? ports : this.complement(ports));
  }

  /** @throws Unanswerable for an exception that is about none of the connections: it would be taken for asserted */
  checkUsed(): void {
    const index = this.exceptions.findIndex(({ used }) => !used);
    if (index >= 0) {
      const { given } = this.exceptions[index] as Exception;
      throw new Unanswerable(`except[${index}] is ${shownArgument(given)}, which is none of these connections`);
    }
  }

  private setOf(ports: Ports): PortSet {
    return ports === 'all'
      ? ALL
      : this.sets.unionOf(ports.map(({ protocol, from, to }) => this.sets.range(protocol, from, to)));
  }

  private portSet(what: string, port: ConnectionException['port']): PortSet {
    if (port === undefined) {
      return ALL;
    }
    const ranges = listOf(port).map((one) => rangeOf(one, what));
    if (ranges.length === 0) {
      throw new Unanswerable(
        `${what} is an empty list; give at least one port${what === 'port' ? ', or leave it out for all' : ''}`,
      );
    }
    return ranges.reduce(
      (all, { protocol, from, to }) => this.sets.union(all, this.sets.range(protocol, from, to)),
      NONE,
    );
  }

  private complement(ports: PortSet): PortSet {
    const open = this.sets.portsOf(ports);
    if (open === 'all') {
      return NONE;
    }
    return open.reduce((rest, { protocol, from, to }) => {
      const others = PROTOCOLS.reduce<PortSet>(
        (all, other) => (other === protocol ? all : this.sets.union(all, this.sets.range(other, 1, 65535))),
        NONE,
      );
      const below = from > 1 ? this.sets.range(protocol, 1, from - 1) : NONE;
      const above = to < 65535 ? this.sets.range(protocol, to + 1, 65535) : NONE;
      return this.sets.intersection(rest, this.sets.union(others, this.sets.union(below, above)));
    }, ALL);
  }
}
