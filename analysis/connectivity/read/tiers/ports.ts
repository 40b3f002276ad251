import { NONE, type PortSet, type PortSets } from '../../engine/port-sets';
import { type PortSpec, portKey } from '../../model';
import { PROTOCOLS, type Protocol } from '../../ports';
import { EVERY_PORT } from '../every-port';
import type { Field } from '../field';
import { checkPortName, checkPortNumber, readProtocol } from '../ports';

const LAYERS = ['tcp', 'udp', 'sctp'] as const;

/** Reads `protocols` of a ClusterNetworkPolicy; all ports where it is left out. */
export function readProtocols(field: Field, sets: PortSets): PortSpec {
  return readList(field, ['tcp', 'udp', 'sctp', 'destinationNamedPort'], sets, (item) => {
    let numbers: PortSet = NONE;
    for (const layer of LAYERS) {
      const own = item.get(layer);
      const protocol = layer.toUpperCase() as Protocol;
      if (own.isGiven) {
        own.checkKeys(['destinationPort']);
        const port = own.get('destinationPort');
        checkOne(port, ['number', 'range']);
        numbers = sets.union(numbers, readNumber(port.get('number'), protocol, sets));
        numbers = sets.union(numbers, readRange(port.get('range'), protocol, sets));
      }
    }
    return { numbers, name: item.get('destinationNamedPort') };
  });
}

/** Reads `ports` of an AdminNetworkPolicy; all ports where it is left out. */
export function readPorts(field: Field, sets: PortSets): PortSpec {
  return readList(field, ['portNumber', 'portRange', 'namedPort'], sets, (item) => {
    const number = item.get('portNumber');
    const range = item.get('portRange');
    number.checkKeys(['protocol', 'port']);
    let numbers: PortSet = NONE;
    if (number.isGiven) {
      const port = number.get('port');
      numbers = readNumber(port, readProtocol(number.get('protocol')), sets);
      if (!port.isGiven) {
        port.report('bad-port', `${port.place} is missing; give an integer from 1 to 65535`);
      }
    }
    if (range.isGiven) {
      const protocol = readProtocol(range.get('protocol'));
      numbers = sets.union(numbers, readRange(range, protocol, sets, ['protocol', 'start', 'end']));
    }
    return { numbers, name: item.get('namedPort') };
  });
}

function readList(
  field: Field,
  known: readonly string[],
  sets: PortSets,
  read: (item: Field) => { readonly numbers: PortSet; readonly name: Field },
): PortSpec {
  if (!field.isGiven) {
    return EVERY_PORT;
  }
  if (Array.isArray(field.value) && field.value.length === 0) {
    field.report('bad-port', `${field.place} is empty; leave it out for all ports`);
  }
  let numbers: PortSet = NONE;
  const names = new Set<string>();
  for (const item of field.mappings(`give a mapping with one of ${known.join(', ')}`)) {
    checkOne(item, known);
    const { numbers: own, name } = read(item);
    numbers = sets.union(numbers, own);
    if (name.isGiven && checkPortName(name)) {
      // A name means what a pod calls so, in whichever protocol.
      for (const protocol of PROTOCOLS) {
        names.add(portKey(protocol, name.value as string));
      }
    }
  }
  return { numbers, names: [...names].sort() };
}

function checkOne(field: Field, known: readonly string[]): void {
  field.checkKeys(known);
  const given = known.filter((key) => field.get(key).isGiven);
  if (given.length !== 1) {
    const said = given.length === 0 ? 'none' : given.join(' and ');
    field.report('bad-port', `${field.place} has ${said} of ${known.join(', ')}; give exactly one`);
  }
}

function readNumber(field: Field, protocol: Protocol, sets: PortSets): PortSet {
  return field.isGiven && checkPortNumber(field)
    ? sets.range(protocol, field.value as number, field.value as number)
    : NONE;
}

function readRange(
  field: Field,
  protocol: Protocol,
  sets: PortSets,
  keys: readonly string[] = ['start', 'end'],
): PortSet {
  if (!field.isGiven) {
    return NONE;
  }
  field.checkKeys(keys);
  const [start, end] = [field.get('start'), field.get('end')];
  if (!checkPortNumber(start) || !checkPortNumber(end)) {
    return NONE;
  }
  const [from, to] = [start.value as number, end.value as number];
  if (from >= to) {
    end.wrong('bad-end-port', `give a number above start, which is ${from}`);
    return NONE;
  }
  return sets.range(protocol, from, to);
}
