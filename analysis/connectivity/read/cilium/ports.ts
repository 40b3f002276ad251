import { isMapping } from '../../../manifest/value';
import { NONE, type PortSet, type PortSets } from '../../engine/port-sets';
import { type PortSpec, portKey } from '../../model';
import { PROTOCOLS, type Protocol } from '../../ports';
import { EVERY_PORT } from '../every-port';
import type { Field } from '../field';

/** Ports of a rule that mean the same, and why nobody knows whether they are open; `undefined` where somebody does. */
export interface RulePorts {
  readonly ports: PortSpec;
  readonly doubt: string | undefined;
}

const KEYS = ['ports', 'rules', 'terminatingTLS', 'originatingTLS', 'serverNames', 'listener'];
const OTHER_PROTOCOLS = ['ICMP', 'ICMPV6', 'VRRP', 'IGMP'];

/** Reads `toPorts`: what is about requests, and not connections, stands apart. */
export function readToPorts(field: Field, sets: PortSets): readonly RulePorts[] {
  const all = field.mappings('give a mapping with ports').map((item): RulePorts => {
    const unknown = item.unknownKeys(KEYS);
    const list = item.get('ports').mappings('give a mapping with port and protocol');
    const doubts = [
      ...unknown,
      ...(list.length === 0 ? ['what no ports at all mean'] : []),
      ...list.flatMap((port) => port.unknownKeys(['port', 'endPort', 'protocol'])),
      ...requestsOf(item),
    ];
    return {
      ports:
        list.length === 0
          ? EVERY_PORT
          : united(
              list.map((port) => readPort(port, sets)),
              sets,
            ),
      doubt: doubts.length === 0 ? undefined : doubts.join(' and '),
    };
  });
  const plain = all.filter(({ doubt }) => doubt === undefined).map(({ ports }) => ports);
  return [
    ...(plain.length === 0 ? [] : [{ ports: united(plain, sets), doubt: undefined }]),
    ...all.filter(({ doubt }) => doubt !== undefined),
  ];
}

/** What is asked of requests beside the port. Names that may all be looked up leave the port open. */
function requestsOf(item: Field): readonly string[] {
  const { value } = item.get('rules');
  const rules = isMapping(value) ? value : {};
  const given = Object.keys(rules).filter((key) => !Array.isArray(rules[key]) || rules[key].length > 0);
  const isAnyName = Array.isArray(rules.dns) && rules.dns.some((one) => isMapping(one) && one.matchPattern === '*');
  const layers = given
    .filter((key) => key !== 'dns' || !isAnyName)
    .map((key) => (key === 'dns' ? 'DNS' : key.toUpperCase()));
  const besides = ['terminatingTLS', 'originatingTLS', 'serverNames', 'listener'].filter(
    (key) => item.get(key).isGiven,
  );
  return [...layers, ...besides];
}

function united(specs: readonly PortSpec[], sets: PortSets): PortSpec {
  return {
    numbers: sets.unionOf(specs.map(({ numbers }) => numbers)),
    names: [...new Set(specs.flatMap(({ names }) => names))].sort(),
  };
}

function readPort(item: Field, sets: PortSets): PortSpec {
  const protocols = readProtocols(item.get('protocol'));
  const port = item.get('port');
  const end = item.get('endPort');
  const text = typeof port.value === 'number' ? String(port.value) : port.value;
  if (typeof port.value === 'number') {
    port.wrong('bad-port', `put it into quotes: ${JSON.stringify(text)}`, 'tolerable');
  }
  if (typeof text === 'string' && /^\d{1,5}$/.test(text) && Number(text) <= 65535) {
    const from = Number(text);
    const last = typeof end.value === 'number' && end.value > from ? end.value : from;
    if (end.isGiven && (!Number.isInteger(end.value) || last > 65535)) {
      end.wrong('bad-end-port', 'give an integer from 1 to 65535');
      return { numbers: NONE, names: [] };
    }
    // 0 is any port.
    return { numbers: rangeOf(protocols, from === 0 ? 1 : from, from === 0 ? 65535 : last, sets), names: [] };
  }
  if (typeof text === 'string' && /^[a-zA-Z0-9](-?[a-zA-Z0-9])*$/.test(text) && /[a-zA-Z]/.test(text)) {
    return { numbers: NONE, names: protocols.map((protocol) => portKey(protocol, text.toLowerCase())) };
  }
  port.wrong('bad-port', 'give a number from 0 to 65535 in quotes, or the name of a port');
  return { numbers: NONE, names: [] };
}

function rangeOf(protocols: readonly Protocol[], from: number, to: number, sets: PortSets): PortSet {
  return sets.unionOf(protocols.map((protocol) => sets.range(protocol, from, to)));
}

/** The protocols with ports that are meant: any where none is named. */
function readProtocols(field: Field): readonly Protocol[] {
  const name = typeof field.value === 'string' ? field.value.toUpperCase() : field.value;
  if (!field.isGiven || name === '' || name === 'ANY') {
    return PROTOCOLS;
  }
  if (PROTOCOLS.includes(name as Protocol)) {
    return [name as Protocol];
  }
  if (!OTHER_PROTOCOLS.includes(name as string)) {
    field.wrong('bad-protocol', 'use TCP, UDP, SCTP or ANY');
  }
  return [];
}
