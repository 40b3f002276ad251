import { Address4, Address6 } from 'ip-address';

/**
 * Checks of single values. Each returns what is wrong in one sentence that names the value and what would be right,
 * or nothing; `what` is the name under which the caller knows the value.
 *
 * Values come from JavaScript too, so no check trusts the declared type.
 */
export type Problems = string[];

const LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/;

/** A value as it reads in a message. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? 'a list' : 'an object';
  }
  if (typeof value === 'function') {
    return 'a function';
  }
  return String(value);
}

/** An object with fields, as opposed to a list, a text or nothing. */
export function record(what: string, value: unknown): Problems {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? []
    : [`${what} is ${shown(value)}; give an object such as { key: 'value' }`];
}

/** Yes or no. */
export function flag(what: string, value: unknown): Problems {
  return typeof value === 'boolean' ? [] : [`${what} is ${shown(value)}; give true or false`];
}

/** One of a few known values. */
export function oneOf(what: string, value: unknown, known: Iterable<unknown>): Problems {
  const all = [...known];
  return all.includes(value) ? [] : [`${what} is ${shown(value)}; give one of ${all.map(shown).join(', ')}`];
}

/** The name of a namespace and of most objects that become part of a DNS name. */
export function dnsLabel(what: string, value: unknown): Problems {
  return typeof value === 'string' && value.length <= 63 && LABEL.test(value)
    ? []
    : [
        `${what} is ${shown(value)}; use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends`,
      ];
}

/** A namespace, given as an object that knows its name. */
export function namespace(what: string, value: unknown): Problems {
  return record(what, value).length > 0
    ? [`${what} is ${shown(value)}; give a namespace such as { name: 'shop' }`]
    : dnsLabel(`${what}.name`, (value as { name?: unknown }).name);
}

/** The name of a Service: a DNS label that begins with a letter. */
export function serviceName(what: string, value: unknown): Problems {
  const problems = dnsLabel(what, value);
  return problems.length === 0 && /^[0-9]/.test(value as string)
    ? [`${what} is ${shown(value)}; the name of a Service begins with a letter`]
    : problems;
}

/** The name of an object that may hold dots, e.g. of a Secret. */
export function objectName(what: string, value: unknown): Problems {
  return isDnsName(value)
    ? []
    : [
        `${what} is ${shown(value)}; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends`,
      ];
}

function isDnsName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 253 && value.split('.').every((part) => LABEL.test(part));
}

/** The key of an entry of a ConfigMap or Secret, which is mounted as a file of that name. */
export function dataKey(what: string, value: unknown): Problems {
  return typeof value === 'string' && /^(?!\.$|\.\.)[A-Za-z0-9._-]{1,253}$/.test(value)
    ? []
    : [`${what} is ${shown(value)}; use at most 253 letters, digits, "-", "_" and ".", and not ".." at the beginning`];
}

/** A host of a routing rule: a DNS name, with `*` allowed as its first label. */
export function host(what: string, value: unknown): Problems {
  const advice = 'give a DNS name in lower case such as "shop.example.com" or "*.example.com"';
  if (typeof value !== 'string') {
    return [`${what} is ${shown(value)}; ${advice}`];
  }
  if (/^[a-z]+:\/\//i.test(value)) {
    return [`${what} is ${shown(value)}; leave out the scheme "${value.slice(0, value.indexOf('//') + 2)}"`];
  }
  if (value.includes('/')) {
    return [`${what} is ${shown(value)}; leave out the path, which is a value of its own`];
  }
  if (isAddress(value)) {
    return [`${what} is ${shown(value)}; an IP address cannot be a host, ${advice}`];
  }
  if (/:\d*$/.test(value)) {
    return [`${what} is ${shown(value)}; leave out the port`];
  }
  const labels = value.startsWith('*.') ? value.slice(2) : value;
  const known = isDnsName(labels) && labels.split('.').every((label) => label.length <= 63);
  return known && (labels === value || labels.includes('.')) ? [] : [`${what} is ${shown(value)}; ${advice}`];
}

function isAddress(value: string): boolean {
  return Address4.isValid(value) || Address6.isValid(value.replace(/^\[(.*)\]$/, '$1'));
}

/** The path of a routing rule. */
export function urlPath(what: string, value: unknown): Problems {
  if (typeof value !== 'string' || !value.startsWith('/')) {
    return [`${what} is ${shown(value)}; a path begins with "/"`];
  }
  if (/[\s?#;"'{}\\]/.test(value)) {
    return [`${what} is ${shown(value)}; give a path without query, spaces, quotes, braces and ";"`];
  }
  return value.includes('//')
    ? [`${what} is ${shown(value)}; nginx merges "//" into "/", so this path is never matched`]
    : [];
}

/** A port of TCP, UDP or SCTP. */
export function port(what: string, value: unknown): Problems {
  return integer(what, value, 1, 65535);
}

/** A whole number within bounds, both included. */
export function integer(what: string, value: unknown, from: number, to: number): Problems {
  return Number.isInteger(value) && (value as number) >= from && (value as number) <= to
    ? []
    : [`${what} is ${shown(value)}; give an integer from ${from} to ${to}`];
}

/** Text that a process is handed: anything but the character that ends it there. */
export function text(what: string, value: unknown): Problems {
  if (typeof value !== 'string') {
    return [`${what} is ${shown(value)}; give text, such as ${shown(String(value))}`];
  }
  return value.includes('\0') ? [`${what} is ${shown(value)}; no process is handed the character \\u0000`] : [];
}

/** Labels as an object carries them. */
export function labels(what: string, value: Readonly<Record<string, unknown>>): Problems {
  return Object.entries(value).flatMap(([key, given]) => [
    ...qualifiedName(`${what}: the key`, key),
    ...labelValue(`${what}: ${shown(key)}`, given),
  ]);
}

/** The value of a label, or of a taint. */
export function labelValue(what: string, value: unknown): Problems {
  return typeof value === 'string' && value.length <= 63 && LABEL_VALUE.test(value)
    ? []
    : [
        `${what} is ${shown(value)}; a label is text of at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends`,
      ];
}

/** Labels that select pods: like labels, and at least one, since an empty selector would select every pod. */
export function selector(what: string, value: Readonly<Record<string, unknown>>): Problems {
  return Object.keys(value).length === 0 ? [`${what} is empty; give at least one label`] : labels(what, value);
}

/** Annotations as an object carries them. */
export function annotations(what: string, value: Readonly<Record<string, unknown>>): Problems {
  return Object.entries(value).flatMap(([key, given]) => [
    ...qualifiedName(`${what}: the key`, key),
    ...(typeof given === 'string'
      ? []
      : [`${what}: ${shown(key)} is ${shown(given)}; an annotation is text, write ${shown(String(given))}`]),
  ]);
}

/** The key of a label, annotation or taint: a name, after an optional DNS prefix and "/". */
export function qualifiedName(what: string, value: unknown): Problems {
  const parts = typeof value === 'string' ? value.split('/') : [];
  const name = parts.pop() ?? '';
  const prefix = parts.pop();
  const fits =
    parts.length === 0 &&
    name.length >= 1 &&
    name.length <= 63 &&
    LABEL_VALUE.test(name) &&
    (prefix === undefined || isDnsName(prefix));
  return fits ? [] : [`${what} is ${shown(value)}; give a name such as "app" or "example.com/app"`];
}

/** A block of addresses that begins at its first address: an API server takes no bits beyond the prefix. */
export function cidr(what: string, value: unknown): Problems {
  const block = parseCidr(value);
  if (!block) {
    const address = typeof value === 'string' && !value.includes('/') && isAddress(value);
    const meant = address ? `${value}${value.includes(':') ? '/128' : '/32'}` : '10.0.0.0/8" or "fd00::/8';
    return [`${what} is ${shown(value)}; give a block such as "${meant}"`];
  }
  const first = block.startAddress();
  if (first.bigInt() === block.bigInt()) {
    return [];
  }
  const whole = `${first.correctForm()}/${block.subnetMask}`;
  const single = `${block.correctForm()}/${block instanceof Address4 ? 32 : 128}`;
  return [
    `${what} is ${shown(value)}; a block begins at its first address, give "${whole}", or "${single}" for that address alone`,
  ];
}

/** A block of addresses within another and smaller than it, as an API server wants it within `except`. */
export function cidrWithin(what: string, value: unknown, outer: unknown): Problems {
  const problems = cidr(what, value);
  const inner = parseCidr(value);
  const around = parseCidr(outer);
  if (problems.length > 0 || !inner || !around) {
    return problems;
  }
  const inside =
    inner.constructor === around.constructor && inner.isInSubnet(around) && inner.subnetMask > around.subnetMask;
  return inside ? [] : [`${what} is ${shown(value)}; give a block that lies within ${String(outer)} and is smaller`];
}

/** The IPv6 addresses that stand for those of IPv4, which an API server does not take. */
const MAPPED = new Address6('::ffff:0:0/96');

function parseCidr(value: unknown): Address4 | Address6 | undefined {
  if (typeof value !== 'string' || !/^[^%]+\/(0|[1-9]\d*)$/.test(value)) {
    return undefined;
  }
  if (Address4.isValid(value)) {
    return new Address4(value);
  }
  const block = Address6.isValid(value) ? new Address6(value) : undefined;
  return block?.isInSubnet(MAPPED) ? undefined : block;
}

/** The name of an HTTP header, as ingress-nginx lets it through. */
export function header(what: string, value: unknown): Problems {
  if (typeof value === 'string' && value.includes('_')) {
    return [`${what} is ${shown(value)}; nginx drops headers with "_" before any rule sees them, use "-"`];
  }
  return typeof value === 'string' && /^[A-Za-z0-9-]+$/.test(value)
    ? []
    : [`${what} is ${shown(value)}; give the name of a header: letters, digits and "-"`];
}

/** Whether JavaScript takes a text as a regular expression. */
export function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
