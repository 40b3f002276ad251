import type { ProblemSeverity } from '../../manifest';
import { ALL, NONE, type PortSets } from '../engine/port-sets';
import { type PortSpec, portKey } from '../model';
import { PROTOCOLS, type Protocol } from '../ports';
import type { Field } from './field';

/**
 * Reads the ports of a rule; none at all are all ports.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export function readRulePorts(field: Field, sets: PortSets): PortSpec {
  let numbers = Array.isArray(field.value) && field.value.length > 0 ? NONE : ALL;
  const names = new Set<string>();
  for (const item of field.mappings('give a mapping with protocol and port')) {
    item.checkKeys(['protocol', 'port', 'endPort']);
    const protocol = readProtocol(item.get('protocol'));
    const port = item.get('port');
    const end = readEndPort(item);
    if (typeof port.value === 'string') {
      if (checkPortName(port)) {
        names.add(portKey(protocol, port.value));
      }
    } else if (!port.isGiven) {
      numbers = sets.union(numbers, sets.range(protocol, 1, 65535));
    } else if (checkPortNumber(port)) {
      const from = port.value as number;
      numbers = sets.union(numbers, sets.range(protocol, from, Math.max(end ?? from, from)));
    }
  }
  return { numbers, names: [...names].sort() };
}

function readEndPort(item: Field): number | undefined {
  const port = item.get('port');
  const end = item.get('endPort');
  if (!end.isGiven) {
    return undefined;
  }
  if (typeof port.value !== 'number') {
    const what = port.isGiven ? 'is the name of one' : 'is missing';
    end.report('bad-end-port', `${end.place} is ${end.value}, but port ${what}; endPort goes with a number in port`);
  } else if (!isPort(end.value)) {
    end.wrong('bad-end-port', 'give an integer from 1 to 65535');
  } else if (end.value < port.value) {
    end.wrong('bad-end-port', `give a number that is not below port, which is ${port.value}`);
  } else {
    return end.value;
  }
  return undefined;
}

/** Reads the protocol of a Service or container; TCP where none is given, and for the empty text. */
export function readServedProtocol(field: Field): Protocol {
  return field.value === '' ? 'TCP' : readProtocol(field);
}

/** Reads the protocol of a rule; TCP where none is given. */
export function readProtocol(field: Field): Protocol {
  if (!field.isGiven) {
    return 'TCP';
  }
  if (!PROTOCOLS.includes(field.value as Protocol)) {
    field.wrong('bad-protocol', 'use TCP, UDP or SCTP');
    return 'TCP';
  }
  return field.value as Protocol;
}

/** Reports what is no number of a port. */
export function checkPortNumber(field: Field, severity?: ProblemSeverity): boolean {
  if (!isPort(field.value)) {
    field.wrong('bad-port', 'give an integer from 1 to 65535', severity);
    return false;
  }
  return true;
}

/** Reports what is no name of a port. */
export function checkPortName(field: Field): boolean {
  const { value } = field;
  if (
    typeof value === 'string' &&
    value.length <= 15 &&
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(value) &&
    /[a-z]/.test(value) &&
    !value.includes('--')
  ) {
    return true;
  }
  field.wrong(
    'bad-port',
    /^[0-9]+$/.test(String(value))
      ? 'write a number without quotes'
      : 'a name has 1 to 15 lower-case letters, digits and "-", at least one of them a letter, and no "-" at an end or beside another',
  );
  return false;
}

/** Whether a value is a number that a port may have. */
export function isPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;
}
