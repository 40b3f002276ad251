import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { host as dnsNameProblems, type Problems } from '../../constructs/values';

/** What is wrong with a host, which may be an address here. */
export function hostProblems(value: string): Problems {
  const said = `--host is ${JSON.stringify(value)}`;
  if (isAddress(value)) {
    return [];
  }
  const [, inside = ''] = /^\[(.*)\]$/.exec(value) ?? [];
  if (isIP(inside)) {
    return [`${said}; leave out the brackets`];
  }
  const ascii = asciiOf(value);
  if (ascii !== value && dnsNameProblems('--host', ascii).length === 0) {
    return [`${said}; write it as "${ascii}"`];
  }
  return /^[\d.]+$/.test(value) || isIP(value) || value === ''
    ? [`${said}; give a DNS name such as "shop.example.com" or an IP address such as "10.0.0.1" or "fd00::1"`]
    : dnsNameProblems('--host', value);
}

/** A name as it stands in certificates: labels that are not ASCII in their `xn--` form; as it is where there is none. */
function asciiOf(host: string): string {
  const [, asterisk = '', name = ''] = /^(\*\.)?(.*)$/s.exec(host) ?? [];
  return /^[\0-\x7f]*$/.test(name) ? host : asterisk + domainToASCII(name);
}

/** Whether a host is an address that a certificate can hold, so one without a zone. */
export function isAddress(host: string): boolean {
  return isIP(host) !== 0 && !host.includes('%');
}

/** A host as it is usually written: of IPv6 there are several ways, some of which hold an address of IPv4. */
export function canonicalHost(host: string): string {
  return isAddress(host) && host.includes(':') ? new URL(`http://[${host}]`).hostname.slice(1, -1) : host;
}

/** The name of the Secret for a host: `shop-tls` for `shop.example.com`, `10-0-0-1-tls` for `10.0.0.1`. */
export function secretNameFor(host: string): string {
  const [label = ''] = isAddress(host) ? [host] : host.replace(/^\*\./, '').split('.');
  return `${label.replace(/[^a-z0-9]+/g, '-').replace(/^-/, '0-')}-tls`;
}
