import type { BackendShare } from '../answer';
import { createdAt } from '../created';
import type { Endpoints } from '../endpoints';
import type { Findings } from '../problems';
import { type Assumption, noPort, type Service } from '../service';
import type { Attacher } from './attach';
import type { Grants } from './grants';
import { titleOf } from './listeners';
import type { AttachedRoute, Gateway, GatewayListener } from './objects';
import type { OtherRoute, OtherRule } from './read-other-route';

/** Where connections go that come to a listener of a Gateway which sees no requests. */
export interface StreamRoute {
  readonly protocol: 'TLS' | 'TCP' | 'UDP';
  readonly port: number;
  readonly listener: string;
  /** The name that TLS asks for; `null` for every one. */
  readonly host: string | null;
  /** Whether TLS ends at the Gateway. */
  readonly isTerminated: boolean;
  /** The shares of connections; empty where they lead nowhere. */
  readonly backends: readonly BackendShare[];
  /** Why they lead nowhere; `undefined` where they do not. */
  readonly error: string | undefined;
  readonly rule: { readonly kind: string; readonly namespace: string; readonly name: string };
  readonly notes: readonly string[];
  readonly file: string;
  /** From 1; 0 where there is no line. */
  readonly line: number;
}

/** What connections are followed with. */
export interface StreamSources {
  readonly attacher: Attacher;
  readonly services: ReadonlyMap<string, Service>;
  readonly endpoints: Endpoints;
  readonly grants: Grants;
  readonly findings: Findings;
  readonly assumed: Assumption;
}

/**
 * Where the connections go that TLSRoutes, TCPRoutes and UDPRoutes take from listeners of a Gateway. Of two that want the same,
 * the older one gets it.
 *
 * @see https://gateway-api.sigs.k8s.io/guides/tcp/
 * @see https://gateway-api.sigs.k8s.io/guides/tls/
 */
export function streamsOf(
  gateway: Gateway,
  routes: readonly OtherRoute[],
  sources: StreamSources,
): readonly StreamRoute[] {
  return takersOf(gateway, routes, sources.attacher, sources.findings)
    .map(({ route, listener, host }) => streamOf(route, listener, host, sources))
    .sort((one, other) => one.port - other.port || ((one.host ?? '') < (other.host ?? '') ? -1 : 1));
}

/** A route that gets the connections of a listener that see no requests. */
interface Taker<Route extends AttachedRoute> {
  readonly route: Route;
  readonly listener: GatewayListener;
  /** The name that TLS asks for; empty for every one. */
  readonly host: string;
}

/** Which routes get connections. Of two that want the same, the older one does; of the other one, that is noted. */
export function takersOf<Route extends AttachedRoute>(
  gateway: Gateway,
  routes: readonly Route[],
  attacher: Attacher,
  findings: Findings,
): readonly Taker<Route>[] {
  const taken = new Map<string, Taker<Route>>();
  for (const route of inOrder(routes)) {
    const parents = route.parents.filter(({ key }) => key === gateway.key);
    const attachments = parents.length === 0 ? [] : attacher.attachmentsOf({ ...route, parents, others: [] });
    for (const [listener, hosts] of attachments) {
      for (const { host } of hosts) {
        const key = `${listener.protocol} ${listener.port} ${titleOf(listener)} ${host}`;
        const first = taken.get(key)?.route;
        if (first === undefined) {
          taken.set(key, { route, listener, host });
        } else {
          const { manifest, namespace, name } = first;
          const whose = host === '' ? '' : ` for ${host}`;
          const what = `connections${whose} to the listener ${JSON.stringify(titleOf(listener))} belong to ${manifest.kind} ${namespace}/${name}, which comes first`;
          findings.note(route.manifest, ['spec', 'parentRefs'], 'claimed-twice', what);
        }
      }
    }
  }
  return [...taken.values()];
}

function inOrder<Route extends AttachedRoute>(routes: readonly Route[]): readonly Route[] {
  const created = ({ manifest }: Route) => createdAt(manifest) ?? Number.POSITIVE_INFINITY;
  const key = ({ namespace, name }: Route) => `${namespace}/${name}`;
  return [...routes].sort((one, other) => {
    const [a, b] = [created(one), created(other)];
    return a === b ? (key(one) < key(other) ? -1 : 1) : a - b;
  });
}

function streamOf(route: OtherRoute, listener: GatewayListener, host: string, sources: StreamSources): StreamRoute {
  const { manifest, namespace, name, rules } = route;
  const [first, ...others] = rules;
  const sending = first === undefined ? { backends: [], error: 'it has no rule' } : sendingOf(route, first, sources);
  return {
    protocol: listener.protocol as StreamRoute['protocol'],
    port: listener.port,
    listener: titleOf(listener),
    host: host === '' ? null : host,
    isTerminated: listener.tls?.mode === 'Terminate',
    ...sending,
    rule: { kind: manifest.kind, namespace, name },
    notes: others.length === 0 ? [] : ['only the first rule is told: which of several takes a connection nobody says'],
    file: manifest.source.file,
    line: manifest.source.lineOf(['spec', 'rules']),
  };
}

function sendingOf(
  route: OtherRoute,
  { backends }: OtherRule,
  sources: StreamSources,
): Pick<StreamRoute, 'backends' | 'error'> {
  const used = backends.filter(({ weight }) => weight > 0);
  const total = used.reduce((sum, { weight }) => sum + weight, 0);
  const shares = used.map((ref): BackendShare => {
    const why = whyNot(route, ref, sources);
    const { kind, group, namespace, name, port = 0, weight } = ref;
    return {
      namespace,
      service: name,
      ...(group === '' && kind === 'Service' ? {} : { kind }),
      port,
      probability: weight / total,
      ...(why === undefined ? {} : { error: { status: 0, why } }),
    };
  });
  const reasons = shares.flatMap(({ error }) => error?.why ?? []);
  if (shares.length === 0) {
    return { backends: [], error: 'it has no backendRefs with weight' };
  }
  return reasons.length === shares.length
    ? { backends: [], error: [...new Set(reasons)].join('; ') }
    : { backends: shares, error: undefined };
}

function whyNot(
  { manifest, namespace }: OtherRoute,
  ref: OtherRule['backends'][number],
  { grants, services, endpoints, assumed, findings }: StreamSources,
): string | undefined {
  const { kind, group, name, port = 0 } = ref;
  if (!grants.allow(manifest.kind, namespace, ref)) {
    return `no ReferenceGrant in ${ref.namespace} lets ${manifest.kind}s of ${namespace} refer to ${kind} ${name}`;
  }
  if (group !== '' || kind !== 'Service') {
    return undefined;
  }
  const key = `${ref.namespace}/${name}`;
  const service = services.get(key);
  if (service === undefined) {
    if (assumed(`Service ${key}`)) {
      return undefined;
    }
    findings.missing.add(`Service ${key}`);
    return `Service ${key} does not exist`;
  }
  if (service.isExternal) {
    return undefined;
  }
  const isUdp = manifest.kind === 'UDPRoute';
  const found = service.ports.filter((one) => one.port === port);
  if (found.length === 0) {
    return noPort(key, port, service);
  }
  if (!found.some(({ isTcp }) => isTcp !== isUdp)) {
    return `port ${port} of Service ${key} is not ${isUdp ? 'UDP' : 'TCP'}`;
  }
  const lack = isUdp ? undefined : endpoints.lackOf(key, port);
  return lack?.isSure ? lack.why : undefined;
}
