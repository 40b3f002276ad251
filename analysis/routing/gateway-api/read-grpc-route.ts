import type { Manifest } from '../../manifest';
import { createdAt } from '../created';
import { Cursor } from '../cursor';
import type { PathMatch } from '../model';
import { patternOf } from '../pattern';
import type { Findings } from '../problems';
import type { ParentsOfSets } from './listener-sets';
import type { HttpMatch, HttpRoute, HttpRule } from './objects';
import { readFilters } from './read-filters';
import { EVERY_PATH, readHeaders } from './read-match';
import { otherSettings, readAllParents, readBackend, routeSettings } from './read-route';
import { readHostnames } from './values';

/**
 * Reads a GRPCRoute with the checks of an API server, as what it takes of HTTP: a method of gRPC is the path
 * `/service/method`.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#grpcroute
 */
export function readGrpcRoute(manifest: Manifest, findings: Findings, sets: ParentsOfSets): HttpRoute {
  const { namespace = 'default', name } = manifest;
  const spec = Cursor.of(manifest, findings, 'spec').mapping();
  const hostnames = readHostnames(spec.get('hostnames'));
  const rules = spec.get('rules');
  const noEffect = (field: Cursor, message: string) => findings.note(manifest, field.at, 'no-effect', message);
  const always = routeSettings(manifest, spec);
  return {
    manifest,
    namespace,
    name,
    key: `${namespace}/${name}`,
    created: createdAt(manifest),
    ...readAllParents(manifest, findings, sets),
    hostnames,
    rules: rules.items(16).map((item, index): HttpRule => {
      const rule = item.mapping();
      const items = rule.get('matches').items(64);
      const matches =
        items.length === 0 ? [everyMethod(rule)] : items.flatMap((match) => readMatch(match, noEffect) ?? []);
      const { settings } = readFilters(rule.get('filters'), false);
      const backends = rule
        .get('backendRefs')
        .items(16)
        .flatMap((ref) => readBackend(ref, namespace, false) ?? []);
      const all = [...settings, ...otherSettings(rule), ...always];
      return { index, matches, redirect: undefined, rewrite: undefined, backends, settings: all, at: rule.at };
    }),
  };
}

function everyMethod({ at }: Cursor): HttpMatch {
  return { ...EVERY_PATH, conditions: [], expressions: [], grpc: { service: 0, method: 0 }, at };
}

/** @see https://gateway-api.sigs.k8s.io/reference/spec/#grpcmethodmatch */
function readMatch(item: Cursor, noEffect: (field: Cursor, message: string) => void): HttpMatch | undefined {
  const match = item.mapping();
  const expressions: string[] = [];
  const headers = readHeaders(match.get('headers'), expressions, noEffect);
  const field = match.get('method').mapping();
  const type = field.get('type').choice('bad-match', ['Exact', 'RegularExpression'] as const, 'Exact');
  const [service, method] = [field.get('service'), field.get('method')].map((one) => one.text() || undefined);
  if (type === undefined) {
    return undefined;
  }
  if (field.isGiven && service === undefined && method === undefined) {
    field.wrong('bad-match', 'has neither service nor method; give one of them');
    return undefined;
  }
  const taken = type === 'Exact' ? exactly(field, service, method) : like(field, service, method, expressions);
  const grpc = { service: service?.length ?? 0, method: method?.length ?? 0 };
  return taken && { ...taken, conditions: headers, expressions, grpc, at: match.at };
}

type Taken = Pick<HttpMatch, 'path' | 'pathType' | 'match'>;

function exactly(field: Cursor, service: string | undefined, method: string | undefined): Taken | undefined {
  for (const [key, text, form] of [
    ['service', service, /^[A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_][A-Za-z_0-9]*)*$/],
    ['method', method, /^[A-Za-z_][A-Za-z_0-9]*$/],
  ] as const) {
    if (text !== undefined && !form.test(text)) {
      field.get(key).wrong('bad-match', `is ${JSON.stringify(text)}; give a name of gRPC such as "helloworld.Greeter"`);
      return undefined;
    }
  }
  if (service === undefined) {
    return method === undefined
      ? EVERY_PATH
      : { path: `/*/${method}`, pathType: 'Exact', match: pattern(`^/[^/]+/${method}$`) };
  }
  return method === undefined
    ? { path: `/${service}/`, pathType: 'PathPrefix', match: { kind: 'prefix', path: `/${service}/` } }
    : { path: `/${service}/${method}`, pathType: 'Exact', match: { kind: 'exact', path: `/${service}/${method}` } };
}

function like(
  field: Cursor,
  service: string | undefined,
  method: string | undefined,
  expressions: string[],
): Taken | undefined {
  const parts = [service, method].map((text) => (text === undefined ? '[^/]+' : `(?:${text})`));
  const made = patternOf(`^/${parts.join('/')}$`, false);
  if (made.state === 'broken') {
    field.wrong('bad-match', `holds no regular expression: ${made.why}`);
    return undefined;
  }
  for (const text of [service, method]) {
    if (text !== undefined && !expressions.includes(text)) {
      expressions.push(text);
    }
  }
  return {
    path: `/${service ?? '*'}/${method ?? '*'}`,
    pathType: 'RegularExpression',
    match: { kind: 'pattern', pattern: made },
  };
}

function pattern(source: string): PathMatch {
  return { kind: 'pattern', pattern: patternOf(source, false) };
}
