import { type Problems, shown } from '../values';
import { covers, specificity } from './hostnames';
import type { GatewayListener } from './listener';

/** A Gateway has at most so many. */
const MOST = 64;

/** Listeners that stand side by side, found by name and by host. */
export class ListenerTable {
  private readonly listeners: GatewayListener[] = [];
  private readonly byName = new Map<string, GatewayListener>();
  private readonly byPort = new Map<number, GatewayListener[]>();

  public get all(): readonly GatewayListener[] {
    return this.listeners;
  }

  public named(name: string): GatewayListener | undefined {
    return this.byName.get(name);
  }

  public add(listener: GatewayListener): void {
    this.listeners.push(listener);
    this.byName.set(listener._name, listener);
    this.byPort.set(listener._port, [...(this.byPort.get(listener._port) ?? []), listener]);
  }

  /**
   * What keeps a listener from standing beside the others.
   *
   * @see https://gateway-api.sigs.k8s.io/reference/spec/#gatewayspec
   */
  public problemsOfAdding(listener: GatewayListener, gateway: string): Problems {
    const { _name: name, _hostname: hostname } = listener;
    if (name.length > 253) {
      return [`the name of the listener for ${hostname} has ${name.length} characters; give it one of at most 253`];
    }
    const conflicts = this.conflictsOf(listener, gateway);
    if (conflicts.length > 0) {
      return conflicts;
    }
    if (this.byName.has(name)) {
      return [`${gateway} has a listener ${shown(name)} already; give this one another name`];
    }
    return this.listeners.length >= MOST ? [`${gateway} has ${MOST} listeners, which is the most; make another`] : [];
  }

  /** What takes the connections of a listener already. */
  public conflictsOf(listener: GatewayListener, gateway: string): Problems {
    const { _port: port, _protocol: protocol, _hostname: hostname } = listener;
    const beside = this.byPort.get(port) ?? [];
    const other = beside.find((one) => one._protocol !== protocol);
    const twin = beside.find((one) => one._hostname === hostname && one !== other);
    if (other) {
      return [`port ${port} of ${gateway} is for ${other._protocol} already, by ${other._text}; give another port`];
    }
    const what = hostname === undefined ? 'every host' : hostname;
    return twin
      ? [`${gateway} listens for ${protocol} to ${what} on port ${port} already, by ${twin._text}; leave one out`]
      : [];
  }

  /** On each port the listener with the most specific hostname of those that have all hosts of a pattern. */
  public taking(host: string): GatewayListener[] {
    return [...this.byPort.values()].flatMap((beside) => {
      const [best] = beside
        .filter(({ _hostname }) => covers(_hostname, host))
        .sort((one, other) => specificity(other._hostname) - specificity(one._hostname));
      return best ?? [];
    });
  }
}
