import { isAddressList } from './address-lists';
import type { AnnotationReader } from './annotation-reader';
import { textOf } from './annotation-values';
import { CLIENT_CERTIFICATE } from './client-certificates';
import { configMapUses, HEADER_NAME } from './config-map-uses';
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
    ...configMapDenials(reader),
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
  return [
    ...(method === undefined || METHODS.includes(method)
      ? []
      : [['auth-method', `give ${METHODS.join(', ')}`] as const]),
    ...(itemsOf(reader, 'auth-cache-duration').every((item) => isCacheDuration(item))
      ? []
      : [['auth-cache-duration', 'give codes and times such as "200 202 5m", separated by commas'] as const]),
    ...(itemsOf(reader, 'auth-response-headers').every((item) => HEADER_NAME.test(item))
      ? []
      : [['auth-response-headers', 'give names of headers, separated by commas'] as const]),
  ];
}

function itemsOf(reader: AnnotationReader, name: string): readonly string[] {
  return (reader.text(name) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Codes, then times; what is neither is passed over. */
function isCacheDuration(text: string): boolean {
  let isTimed = false;
  for (const word of text.split(' ')) {
    if (/^\d{3}$/.test(word)) {
      if (isTimed) {
        return false;
      }
    } else {
      isTimed ||= /^\d+(ms|s|m|h|d|w|M|y)$/.test(word);
    }
  }
  return isTimed;
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

function configMapDenials(reader: AnnotationReader): Denial[] {
  return configMapUses(reader).flatMap(({ annotation, denial }): Denial[] =>
    denial === undefined ? [] : [[annotation, denial]],
  );
}

function secretDenials(reader: AnnotationReader): Denial[] {
  return secretUses(reader).flatMap(({ annotation, denial }): Denial[] =>
    denial === undefined || annotation === CLIENT_CERTIFICATE ? [] : [[annotation, denial]],
  );
}
