import { Address4, Address6 } from 'ip-address';
import { type Check, fields, fieldsWith, listOf } from '../fields';
import { cidr, compiles, flag, host, integer, oneOf, type Problems, shown } from '../values';
import { CalicoDataplane, CalicoEncapsulation, CalicoNodeAddress } from './network';
import { selectorProblems } from './selector';

const pool = fieldsWith(['cidr'], {
  cidr,
  blockSize: (what, value) => integer(what, value, 20, 128),
  disableBgpExport: flag,
  encapsulation: (what, value) => oneOf(what, value, Object.values(CalicoEncapsulation)),
  natOutgoing: flag,
  nodeSelector: selectorProblems,
});

/** Checks the network that Calico makes, field by field. */
export const networkFields: Check = fields({
  bgp: flag,
  ipPools: listOf(pool, '[{ cidr: "192.168.0.0/16" }]'),
  mtu: (what, value) => integer(what, value, 576, 65535),
  linuxDataplane: (what, value) => oneOf(what, value, Object.values(CalicoDataplane)),
  hostPorts: flag,
  containerIpForwarding: flag,
  nodeAddressAutodetectionV4: nodeAddress,
  nodeAddressAutodetectionV6: nodeAddress,
});

function nodeAddress(what: string, value: unknown): Problems {
  if (!(value instanceof CalicoNodeAddress)) {
    return [
      `${what} is ${shown(value)}; give one of the ways of CalicoNodeAddress, such as CalicoNodeAddress.ofNode()`,
    ];
  }
  const [given] = value.values;
  switch (value.method) {
    case 'canReach':
      return isAddress(given) ? [] : host(`${what}: the host`, given);
    case 'interface':
    case 'skipInterface':
      return isPattern(given)
        ? []
        : [`${what}: the interface is ${shown(given)}; give a regular expression such as "eth.*"`];
    case 'cidrs':
      return given === undefined
        ? [`${what} names no range; give one such as "10.0.0.0/8"`]
        : value.values.flatMap((range) => cidr(`${what}: the range`, range));
    default:
      return [];
  }
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && !value.includes('/') && (Address4.isValid(value) || Address6.isValid(value));
}

/** A regular expression of what the name of an interface may be. */
function isPattern(value: unknown): boolean {
  return typeof value === 'string' && /^[!-~]+$/.test(value) && compiles(value);
}
