import { isAddressList } from './address-lists';
import type { AnnotationReader } from './annotation-reader';
import { textOf } from './annotation-values';
import { secretUses } from './secret-uses';

/**
 * Why the controller answers every request of an Ingress with 503, in all releases: addresses that are none, and
 * authentication that it cannot set up. It is reported; `undefined` where nothing is wrong.
 */
export function deniedBy(reader: AnnotationReader): string | undefined {
  const [first] = [
    ...addressDenials(reader),
    ...urlDenials(reader),
    ...passwordDenials(reader),
    ...secretDenials(reader),
  ].map(([name, advice]) => {
    reader.wrong(name, 'for which every request is answered 503', advice, 'denied');
    return `annotation ${reader.key(name)} is ${reader.shown(name)}; ${advice}`;
  });
  return first;
}

type Denial = readonly [name: string, advice: string];

function addressDenials(reader: AnnotationReader): Denial[] {
  // The old name counts only where the new one is not given.
  const allowed = reader.raw('allowlist-source-range') ? 'allowlist-source-range' : 'whitelist-source-range';
  return [allowed, 'denylist-source-range'].flatMap((name): Denial[] => {
    const value = reader.raw(name);
    return value === undefined || isAddressList(value)
      ? []
      : [[name, 'give addresses and ranges such as "10.0.0.0/8", separated by commas']];
  });
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE'];

function urlDenials(reader: AnnotationReader): Denial[] {
  const url = reader.text('auth-url');
  if (url === undefined) {
    return [];
  }
  if (!isAbsoluteUrl(url)) {
    return [['auth-url', 'give an absolute URL such as "https://auth.example.com/check"']];
  }
  const method = reader.text('auth-method');
  return method === undefined || METHODS.includes(method) ? [] : [['auth-method', `give ${METHODS.join(', ')}`]];
}

function isAbsoluteUrl(text: string): boolean {
  const [, authority = '', rest = ''] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)(.*)$/i.exec(text) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const [, name = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(host) ?? [];
  return (
    name !== '' &&
    !/[\s{}|\\^`%]/.test(name) &&
    !host.includes('..') &&
    /^\d*$/.test(port) &&
    !/%(?![0-9a-f]{2})/i.test(rest)
  );
}

function passwordDenials(reader: AnnotationReader): Denial[] {
  const type = reader.text('auth-type');
  if (type === undefined) {
    return [];
  }
  if (!/basic|digest/.test(type)) {
    return [['auth-type', 'give "basic" or "digest"']];
  }
  const secret = textOf(reader.raw('auth-secret') ?? '');
  const isName = secret !== undefined && secret.split('/').length <= 2;
  return isName
    ? []
    : [[secret === undefined ? 'auth-type' : 'auth-secret', 'give the name of a Secret as auth-secret']];
}

function secretDenials(reader: AnnotationReader): Denial[] {
  return secretUses(reader).flatMap(({ annotation, denial }): Denial[] =>
    denial === undefined ? [] : [[annotation, denial]],
  );
}
