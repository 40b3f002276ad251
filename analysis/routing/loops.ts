import type { Answer, RouteRequest } from './answer';

/** Browsers give up after about twenty redirects, other clients earlier. */
const MOST = 20;

/** Where redirects end that a client follows: in an answer, or never. */
export interface Chain {
  /** The URLs that are asked for, one after the other; the first is that of the request. */
  readonly urls: readonly string[];
  /** Whether they lead back to one of these, or on and on. */
  readonly isEndless: boolean;
  /** The last answer; `undefined` where a Location is nothing that anybody can ask for. */
  readonly end: Answer | undefined;
}

/**
 * Follows redirects as a client does: with the same headers but for the host, until something else is answered.
 *
 * @param ask answers a request; `undefined` for what is none
 */
export function chainOf(ask: (request: RouteRequest) => Answer | undefined, request: RouteRequest): Chain {
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'host'),
  );
  let { method = 'GET' } = request;
  let end = ask(request);
  const urls = [normal(request)];
  while (end?.outcome === 'redirect') {
    const next = URL.canParse(end.location, urls.at(-1)) ? new URL(end.location, urls.at(-1)) : undefined;
    if (next === undefined || !/^https?:$/.test(next.protocol)) {
      break;
    }
    next.hash = '';
    const isEndless = urls.includes(next.href) || urls.length >= MOST;
    urls.push(next.href);
    if (isEndless) {
      return { urls, isEndless, end };
    }
    method = end.status === 303 || (end.status < 303 && method === 'POST') ? 'GET' : method;
    end = ask({ url: next.href, method, headers });
  }
  return { urls, isEndless: false, end };
}

/** What a note says of redirects that never end; `undefined` where they do. */
export function loopNote({ urls, isEndless }: Chain): string | undefined {
  if (!isEndless) {
    return undefined;
  }
  const last = urls.at(-1) as string;
  const start = urls.indexOf(last);
  return start === urls.length - 1
    ? `redirects lead on and on, so that no request comes to a backend: ${urls.slice(0, 4).join(', then ')} and so on`
    : `redirects lead back to the same URL, so that they never end: ${urls.slice(start).join(', then ')}`;
}

/** Whether a note says of redirects that they never end. */
export function isLoopNote(note: string): boolean {
  return note.startsWith('redirects lead ');
}

/** The URL of a request, with the host that it names in its headers. */
function normal({ url, headers = {} }: RouteRequest): string {
  const host = Object.entries(headers).find(([name]) => name.toLowerCase() === 'host')?.[1];
  const parsed = new URL(url);
  if (host !== undefined && URL.canParse(`${parsed.protocol}//${host}/`)) {
    parsed.host = new URL(`${parsed.protocol}//${host}/`).host;
  }
  parsed.hash = '';
  return parsed.href;
}
