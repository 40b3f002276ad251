import { type Peer, type Ports, PROTOCOLS } from '../analysis/connectivity';
import { ALL, NONE, type PortSet, PortSets } from '../analysis/connectivity/engine/port-sets';
import { checkMembers, listOf, shownArgument } from './arguments';
import { Unanswerable } from './failure';
import type { PeerNames } from './peers';
import { rangeOf } from './ports';
import type { ConnectionException } from './types';

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

  /**
   * @param rest what is not excepted: all ports or none
   * @throws Unanswerable for an exception that is none
   */
  constructor(
    names: PeerNames,
    private readonly rest: PortSet,
    except: readonly ConnectionException[],
  ) {
    if (!Array.isArray(except)) {
      throw new Unanswerable(`except is ${shownArgument(except)}; give a list such as [{ from: "frontend" }]`);
    }
    this.exceptions = except.map((given, index) => {
      const what = `except[${index}]`;
      checkMembers(what, given, ['from', 'to', 'port'], '{ from: "frontend", to: "backend", port: 6379 }');
      const peers = (role: 'from' | 'to') =>
        given[role] === undefined ? undefined : new Set(names.exactly(`${what}.${role}`, given[role]));
      return { from: peers('from'), to: peers('to'), ports: this.portSet(given.port), given, used: false };
    });
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

  private portSet(port: ConnectionException['port']): PortSet {
    if (port === undefined) {
      return ALL;
    }
    const ranges = listOf(port).map(rangeOf);
    if (ranges.length === 0) {
      throw new Unanswerable('port is an empty list; give at least one port, or leave it out for all');
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
