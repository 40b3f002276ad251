import { Address4, Address6 } from 'ip-address';
import { type Problems, shown } from '../values';

/** The cluster IP of a Service: one address, or "None". */
export function clusterIp(what: string, value: unknown): Problems {
  const known =
    value === 'None' ||
    (typeof value === 'string' && !value.includes('/') && (Address4.isValid(value) || Address6.isValid(value)));
  return known ? [] : [`${what} is ${shown(value)}; give an address such as "10.100.0.20", or "None"`];
}
