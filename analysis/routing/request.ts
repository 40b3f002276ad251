import type { RouteRequest } from './answer';
import { bytesOf, resolvedPath, sentUri } from './uri';

/** A request, taken apart as a server does. */
export interface ParsedRequest {
  readonly scheme: 'http' | 'https';
  readonly method: string;
  readonly port: number;
  /** In lower case, without port and without dot at the end. */
  readonly host: string;
  /** As sent. */
  readonly hostHeader: string;
  /** Path and query as sent. */
  readonly uri: string;
  /** Resolved, in bytes; `undefined` where it cannot be. */
  readonly path: string | undefined;
  /** Without question mark; empty for none. */
  readonly query: string;
  readonly hasQuery: boolean;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * Takes a request apart.
 *
 * @throws RangeError for what is no request: the value, and what would be right
 */
export function parsedRequest({ url, method = 'GET', headers = {} }: RouteRequest): ParsedRequest {
  const [, scheme, authority, rest] = /^(https?):\/\/([^/?#]*)([^#]*)/i.exec(String(url)) ?? [];
  if (scheme === undefined || authority === undefined || rest === undefined || authority === '') {
    throw new RangeError(`url is ${JSON.stringify(url)}; give an absolute one such as "http://shop.example.com/cart"`);
  }
  if (typeof method !== 'string' || !/^[A-Z_-]+$/.test(method)) {
    throw new RangeError(`method is ${JSON.stringify(method)}; give one in capitals such as "GET"`);
  }
  const sent = sentHeaders(headers);
  const own = sent.get('host');
  const called = asciiHost(authority.slice(authority.lastIndexOf('@') + 1));
  const hostHeader = own ?? called;
  if (own === undefined) {
    sent.set('host', hostHeader);
  }
  const parts = partsOf(hostHeader);
  const [name = '', port] = parts;
  if (name === '' || /[^!-~]|[/\\]/.test(name)) {
    throw new RangeError(`the host is ${JSON.stringify(hostHeader)}; give one such as "shop.example.com"`);
  }
  if (name.startsWith('*.')) {
    const one = `www${name.slice(1)}`;
    throw new RangeError(`the host is ${JSON.stringify(hostHeader)}; a request is for one host: give such as "${one}"`);
  }
  // A port in a Host header of its own is not looked at by a gateway: the connection is. A URL with a port is a door, such as that
  // of a port-forward: then the header tells where it leads.
  const door = (own === undefined ? parts : partsOf(called))[1];
  const at = own === undefined ? door : door === undefined || door === '' ? undefined : port;
  checkPort(hostHeader, port);
  checkPort(called, door);
  const lower = scheme.toLowerCase() as 'http' | 'https';
  const uri = sentUri(rest.startsWith('/') ? rest : `/${rest}`);
  const mark = uri.indexOf('?');
  return {
    scheme: lower,
    method,
    port: at === undefined || at === '' ? (lower === 'http' ? 80 : 443) : Number(at),
    host: name.toLowerCase().replace(/\.$/, ''),
    hostHeader,
    uri,
    path: resolvedPath(mark < 0 ? uri : uri.slice(0, mark)),
    query: mark < 0 ? '' : uri.slice(mark + 1),
    hasQuery: mark >= 0,
    headers: sent,
  };
}

function checkPort(host: string, port: string | undefined): void {
  if (Number(port ?? 0) > 65535) {
    throw new RangeError(`the port of ${JSON.stringify(host)} is ${port}; give one from 1 to 65535`);
  }
}

/** What keeps something from being a request; `undefined` for nothing. */
export function requestMistake(request: RouteRequest): string | undefined {
  try {
    parsedRequest(request);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) {
      return error.message;
    }
    throw error;
  }
}

/** The name and the port of a host as a URL or a header has it; nothing where it is none. */
function partsOf(host: string): readonly (string | undefined)[] {
  return /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(host)?.slice(1) ?? [];
}

function sentHeaders(headers: Readonly<Record<string, string>>): Map<string, string> {
  const sent = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      throw new RangeError(`header name ${JSON.stringify(name)}: use letters, digits and "-"`);
    }
    if (typeof value !== 'string' || /[\0\r\n]/.test(value)) {
      throw new RangeError(`header ${name} is ${JSON.stringify(value)}; give a text of one line`);
    }
    if (sent.has(name.toLowerCase())) {
      throw new RangeError(`header ${name} is given twice; give it once, with the values joined by ", "`);
    }
    // Clients and servers drop spaces around a value.
    sent.set(name.toLowerCase(), bytesOf(value.replace(/^[ \t]+|[ \t]+$/g, '')));
  }
  return sent;
}

/** A host as it travels: a name that is not ASCII in its xn-- form. */
function asciiHost(host: string): string {
  return /^[!-~]*$/.test(host) || !URL.canParse(`http://${host}/`) ? host : new URL(`http://${host}/`).host;
}
