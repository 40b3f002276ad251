import type { PortSet, PortSets } from '../engine/port-sets';
import { NONE } from '../engine/port-sets';
import type { Pod, PortSpec } from '../model';
import { includesPort, type Port, type Ports, PROTOCOLS, portsText } from '../ports';
import type { ServicePorts } from './services';

/**
 * The peer matches and the ports do not:
 *
 * - `ports`: the rule opens other ports;
 * - `port-name`: the rule opens ports by names that the receiving end does not have;
 * - `service-port`: the rule opens the port of a Service, and the pods behind it listen on another one.
 */
export type PortFault =
  | { readonly kind: 'ports'; readonly opens: Ports }
  | {
      readonly kind: 'port-name';
      /** The names that the rule opens, as `http` or `UDP dns`. */
      readonly names: readonly string[];
      /** The names that the receiving end has instead, with their numbers: `http-metrics (TCP 9090)`. */
      readonly has: readonly string[];
    }
  | {
      readonly kind: 'service-port';
      /** `namespace/name`. */
      readonly service: string;
      readonly port: Port;
      /** Where the Service leads. */
      readonly target: Port;
    };

/** What a finder of faults in ports has to know. */
export interface PortQuestion {
  readonly sets: PortSets;
  /** What the rule opens at the receiving end, names resolved. */
  readonly open: PortSet;
  /** `undefined` for any. */
  readonly port: Port | undefined;
  /** The pod that is connected to; `undefined` for addresses. */
  readonly receiver: Pod | undefined;
  readonly services: ServicePorts;
}

/** Why a rule does not open what was asked for at the receiving end. */
export function portFaults({ names }: PortSpec, question: PortQuestion): readonly PortFault[] {
  const { sets, open, port, receiver, services } = question;
  const opens = sets.portsOf(open);
  if (port === undefined ? open !== NONE : includesPort(opens, port)) {
    return [];
  }
  const behind = port === undefined || receiver === undefined ? undefined : services.leadingTo(receiver, port, opens);
  if (behind !== undefined) {
    return [{ kind: 'service-port', ...behind }];
  }
  const missing = names.filter((name) => receiver === undefined || !receiver.namedPorts.has(name));
  const isByName = missing.length > 0 && (port === undefined || missing.some((key) => key.startsWith(port.protocol)));
  if (!isByName) {
    return [{ kind: 'ports', opens }];
  }
  const has = [...(receiver?.namedPorts ?? [])].map(([key, set]) => `${nameOf(key)} (${portsText(sets.portsOf(set))})`);
  return [{ kind: 'port-name', names: namesOf(missing), has }];
}

/** Names as a rule means them: one of every protocol is told once, without any. */
function namesOf(keys: readonly string[]): readonly string[] {
  const names = keys.map((key) => key.slice(key.indexOf('/') + 1));
  const isOfAll = (name: string) => names.filter((other) => other === name).length === PROTOCOLS.length;
  return [
    ...new Set(keys.map((key, place) => (isOfAll(names[place] as string) ? (names[place] as string) : nameOf(key)))),
  ];
}

/** `TCP/http` as `http`, and `UDP/dns` as `UDP dns`. */
function nameOf(key: string): string {
  return key.startsWith('TCP/') ? key.slice(4) : key.replace('/', ' ');
}

/** @param who the end that is connected to */
export function portText(fault: PortFault, who: string): string {
  switch (fault.kind) {
    case 'ports':
      return `it opens ${portsText(fault.opens)}`;
    case 'port-name': {
      const { names, has } = fault;
      const there = has.length === 0 ? 'names no port' : `has ${has.join(', ')}`;
      return `it opens a port by the name ${names.join(', ')}, and ${who} ${there}`;
    }
    case 'service-port': {
      const { service, port, target } = fault;
      return `it opens ${one(port)}, the port of Service ${service}, whose pods listen on ${one(target)}`;
    }
  }
}

function one({ protocol, port }: Port): string {
  return `${protocol} ${port}`;
}
