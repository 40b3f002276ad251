import { type Port, type PortRange, PROTOCOLS } from '../analysis/connectivity';
import { shownArgument } from './arguments';
import { Unanswerable } from './failure';

/**
 * One port that somebody gave.
 *
 * @throws Unanswerable for anything else, and for two protocols at once
 */
export function portOf(given: unknown, protocol: unknown): Port | undefined {
  if (given === undefined) {
    if (protocol !== undefined) {
      throw new Unanswerable(`protocol is ${shownArgument(protocol)} and there is no port; give both, or neither`);
    }
    return undefined;
  }
  if (protocol !== undefined && !PROTOCOLS.some((known) => known === protocol)) {
    throw new Unanswerable(`protocol is ${shownArgument(protocol)}; give one of ${PROTOCOLS.join(', ')}`);
  }
  const range = parsed(given);
  if (range === undefined || range.from !== range.to) {
    throw new Unanswerable(`port is ${shownArgument(given)}; give one from 1 to 65535 such as 6379 or "UDP 53"`);
  }
  if (range.named && protocol !== undefined && protocol !== range.protocol) {
    throw new Unanswerable(
      `port is ${shownArgument(given)} and protocol is ${shownArgument(protocol)}; give the protocol once`,
    );
  }
  return { protocol: (protocol as Port['protocol'] | undefined) ?? range.protocol, port: range.from };
}

/**
 * A port or a range of ports that somebody gave.
 *
 * @throws Unanswerable for anything else
 */
export function rangeOf(given: unknown, what = 'port'): PortRange {
  const range = parsed(given);
  if (range === undefined) {
    throw new Unanswerable(
      `${what} is ${shownArgument(given)}; give one from 1 to 65535 such as 6379, "UDP 53" or "TCP 8000-8999"`,
    );
  }
  return range;
}

function parsed(given: unknown): (PortRange & { readonly named: boolean }) | undefined {
  if (typeof given !== 'string' && typeof given !== 'number') {
    return undefined;
  }
  const [, name, first, last = first] = /^(?:([a-z]+)[ /:])?(\d{1,5})(?:-(\d{1,5}))?$/i.exec(String(given)) ?? [];
  const protocol = PROTOCOLS.find((known) => known === (name ?? 'TCP').toUpperCase());
  const [from, to] = [Number(first), Number(last)];
  return protocol !== undefined && from >= 1 && from <= to && to <= 65535
    ? { protocol, from, to, named: name !== undefined }
    : undefined;
}
