import type { Answer, BackendShare } from './answer';
import type { LocationPart, RequestPart, RouteOutcome, Rule, WeightedBackend } from './model';
import type { ParsedRequest } from './request';
import { escapedBytes, resolvedPath } from './uri';

/** What an outcome means for a request. */
export function answerOf(outcome: RouteOutcome, rule: Rule | undefined, request: ParsedRequest): Answer {
  switch (outcome.kind) {
    case 'not-found':
      return { outcome: 'not-found' };
    case 'error':
      return {
        outcome: 'error',
        status: outcome.status,
        why: outcome.why,
        ...(rule === undefined ? {} : { rule: rule.ref }),
      };
    case 'redirect': {
      const location = outcome.location.map((part) => partText(part, request)).join('');
      return { outcome: 'redirect', status: outcome.status, location, rule: (rule as Rule).ref };
    }
    case 'backends':
      return { outcome: 'backends', rule: (rule as Rule).ref, backends: shares(outcome.backends) };
  }
}

/** The shares of backends: weights of the same Service and port added up, those without any left out. */
export function shares(backends: readonly WeightedBackend[]): readonly BackendShare[] {
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  const summed = new Map<string, WeightedBackend>();
  for (const backend of backends) {
    const key = `${backend.namespace}/${backend.service}:${backend.port}`;
    const before = summed.get(key)?.weight ?? 0;
    summed.set(key, { ...backend, weight: before + backend.weight });
  }
  return [...summed.values()]
    .filter(({ weight }) => weight > 0)
    .map(({ namespace, service, port, weight, error }) => ({
      namespace,
      service,
      port,
      probability: weight / total,
      ...(error === undefined ? {} : { error }),
    }));
}

function partText(part: LocationPart, request: ParsedRequest): string {
  if ('text' in part) {
    return part.text;
  }
  return 'of' in part ? requestPart(part.of, request) : pathUnder(part, request);
}

/** The path of a request, whose beginning gives way to another; an empty one is `/`. */
function pathUnder({ under, by }: { readonly under: string; readonly by: string }, request: ParsedRequest): string {
  const bare = (text: string) => text.replace(/\/$/, '');
  const sent = request.uri.split('?', 1)[0] as string;
  const prefix = bare(under);
  // As sent, where it begins with the prefix and no dots could lead out of that again; else resolved.
  const isAsSent = sent.startsWith(prefix) && !/\/\./.test(sent) && /^(\/|$)/.test(sent.slice(prefix.length));
  const resolvedPrefix = bare(resolvedPath(under) ?? under);
  const rest = isAsSent ? sent.slice(prefix.length) : escapedBytes((request.path ?? '/').slice(resolvedPrefix.length));
  return bare(by) + rest || '/';
}

function requestPart(part: RequestPart, request: ParsedRequest): string {
  switch (part) {
    case 'scheme':
    case 'method':
    case 'host':
    case 'uri':
    case 'query':
      return request[part];
    case 'port':
      return String(request.port);
    case 'host-header':
      return request.hostHeader;
    case 'host-header-without-port':
      return request.hostHeader.split(':')[0] ?? '';
    case 'uri-without-last-slash':
      return request.uri.replace(/\/$/, '');
    case 'path':
      return request.path ?? '';
    case 'query-mark':
      return request.query === '' ? '' : '?';
  }
}

/** The Location of a redirect as a pattern for readers, e.g. `https://HOST/PATH?QUERY`. */
export function locationText(location: readonly LocationPart[]): string {
  return location
    .map((part) =>
      'text' in part ? part.text : 'of' in part ? PLACEHOLDERS[part.of] : `${part.by}{path behind ${part.under}}`,
    )
    .join('');
}

const PLACEHOLDERS: Readonly<Record<RequestPart, string>> = {
  scheme: '{scheme}',
  method: '{method}',
  port: '{port}',
  host: '{host}',
  'host-header': '{host}',
  'host-header-without-port': '{host}',
  uri: '{path and query}',
  'uri-without-last-slash': '{path and query}',
  path: '{path}',
  query: '{query}',
  'query-mark': '',
};
