import { NONE, type PortSet, type PortSets } from '../../engine/port-sets';
import { type PortSpec, portKey } from '../../model';
import { PROTOCOLS, type Protocol } from '../../ports';
import type { Field } from '../field';

const NUMBERS = new Map<number, Protocol>([
  [6, 'TCP'],
  [17, 'UDP'],
  [132, 'SCTP'],
]);
const OTHERS = ['ICMP', 'ICMPV6', 'UDPLITE'];

/** Ports that a rule is about, and those that a name takes away again, whose numbers only a pod knows. */
export interface CalicoPorts extends PortSpec {
  readonly hasExcludedNames: boolean;
}

/** Reads `protocol`, `notProtocol`, `ports` and `notPorts`. */
export function readCalicoPorts(rule: Field, receiver: Field, sets: PortSets): CalicoPorts {
  const protocol = rule.get('protocol');
  let allowed: readonly Protocol[] = protocol.isGiven ? readProtocol(protocol) : PROTOCOLS;
  if (rule.get('notProtocol').isGiven) {
    const excluded = readProtocol(rule.get('notProtocol'));
    allowed = allowed.filter((one) => !excluded.includes(one));
  }
  const whole = sets.unionOf(allowed.map((one) => sets.range(one, 1, 65535)));
  const [ports, notPorts] = [receiver.get('ports'), receiver.get('notPorts')];
  for (const list of [ports, notPorts]) {
    if (list.items().length > 0 && !protocol.isGiven) {
      list.report('bad-port', `${list.place} goes with protocol; give TCP, UDP or SCTP there`);
    }
  }
  const wanted = readList(ports, allowed, sets);
  const excluded = readList(notPorts, allowed, sets);
  const isListed = ports.items().length > 0;
  return {
    numbers: sets.difference(isListed ? wanted.numbers : whole, excluded.numbers),
    names: isListed ? wanted.names : [],
    hasExcludedNames: excluded.names.length > 0 || (wanted.names.length > 0 && excluded.numbers !== NONE),
  };
}

/** The protocol among those that have ports; none for ICMP and the like. */
function readProtocol(field: Field): readonly Protocol[] {
  const { value } = field;
  const name = typeof value === 'string' ? value.toUpperCase() : value;
  const number = typeof name === 'string' && /^\d+$/.test(name) ? Number(name) : name;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 255) {
    const known = NUMBERS.get(number);
    return known === undefined ? [] : [known];
  }
  if (PROTOCOLS.includes(name as Protocol)) {
    return [name as Protocol];
  }
  if (!OTHERS.includes(name as string)) {
    field.wrong('bad-protocol', 'use TCP, UDP, SCTP, ICMP, ICMPv6, UDPLite or a number from 1 to 255');
  }
  return [];
}

function readList(field: Field, protocols: readonly Protocol[], sets: PortSets): PortSpec {
  let numbers: PortSet = NONE;
  const names: string[] = [];
  for (const item of field.items()) {
    const range = /^(\d+)(?::(\d+))?$/.exec(String(item.value));
    if (range !== null) {
      const from = Number(range[1]);
      const to = Number(range[2] ?? range[1]);
      if (from > to || to > 65535) {
        item.wrong('bad-port', 'give a number from 0 to 65535, or two of them such as "80:90"');
      } else if (to > 0) {
        numbers = sets.unionOf([numbers, ...protocols.map((one) => sets.range(one, Math.max(from, 1), to))]);
      }
    } else if (typeof item.value === 'string' && /^[a-zA-Z0-9_.-]{1,128}$/.test(item.value)) {
      names.push(...protocols.map((one) => portKey(one, item.value as string)));
    } else {
      item.wrong('bad-port', 'give a number, a range such as "80:90", or the name of a port');
    }
  }
  return { numbers, names: [...new Set(names)].sort() };
}
