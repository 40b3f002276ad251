import { isIP } from 'node:net';
import type { Header } from '../options';
import { Refusal } from '../refusal';

/** Where the requests are sent, and what they say. Nothing is ever sent to anything else. */
export interface Target {
  readonly url: URL;
  /** The address or name to connect to. */
  readonly address: string;
  readonly port: number;
  /** Headers by name, as `route` is asked about them; always with `Host`. */
  readonly headers: ReadonlyMap<string, string>;
  /** Whether certificates that nobody vouches for will do. */
  readonly insecure: boolean;
}

/** What a person gave. */
export interface TargetOptions {
  readonly header?: readonly Header[];
  readonly hostHeader?: string;
  readonly resolve?: string;
  readonly insecure?: boolean;
}

/**
 * Puts together what to send and where to.
 *
 * @throws Refusal for a URL that is none, a header given twice, or an address that is for another host
 */
export function targetOf(text: string, { header = [], hostHeader, resolve, insecure = false }: TargetOptions): Target {
  const url = parsedUrl(text);
  const port = url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port);
  const given = hostHeader === undefined ? header : [...header, { name: 'Host', value: hostHeader }];
  const headers = new Map<string, string>();
  for (const { name, value } of given) {
    if ([...headers.keys()].some((known) => known.toLowerCase() === name.toLowerCase())) {
      const both = name.toLowerCase() === 'host' ? ', by -H or --host-header' : '';
      throw new Refusal([`header ${name} is given twice; give it once${both}`]);
    }
    headers.set(name, value);
  }
  const host = [...headers].find(([name]) => name.toLowerCase() === 'host')?.[1];
  if (host === undefined) {
    headers.set('Host', url.host);
  } else if (!/^[A-Za-z0-9._~:[\]-]+$/.test(host)) {
    throw new Refusal([`the host is ${JSON.stringify(host)}; give one such as "shop.example.com"`]);
  }
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { url, address: resolve === undefined ? name : resolved(resolve, name, port), port, headers, insecure };
}

function parsedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Refusal([`URL is ${JSON.stringify(text)}; give one such as "http://shop.example.com/cart"`]);
  }
  if (url.username !== '' || url.password !== '') {
    throw new Refusal(["the URL has a name or password; give them as -H 'Authorization: …'"]);
  }
  return url;
}

/** The address in `HOST:PORT:ADDRESS`, as curl writes it. */
function resolved(text: string, name: string, port: number): string {
  const [, host, number, bare] = /^(\[[^\]]+\]|[^:]+):(\d+):(.+)$/.exec(text) ?? [];
  const address = bare?.replace(/^\[(.*)\]$/, '$1');
  if (host === undefined || address === undefined || isIP(address) === 0) {
    throw new Refusal([
      `--resolve is ${JSON.stringify(text)}; give HOST:PORT:ADDRESS, e.g. "shop.example.com:80:203.0.113.7"`,
    ]);
  }
  if (host.replace(/^\[(.*)\]$/, '$1').toLowerCase() !== name || Number(number) !== port) {
    throw new Refusal([`--resolve is for ${host}:${number}, but the URL is for ${name}:${port}; give the same`]);
  }
  return address;
}
