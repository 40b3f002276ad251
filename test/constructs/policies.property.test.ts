import { App, Chart } from 'cdk8s';
import { Cluster, type Peer as ClusterPeer, portsText } from '../../analysis';
import { type AllowOptions, DefaultDenyNamespace, EgressDefault, ExposedService, PolicyPort } from '../../constructs';
import fc from '../helpers/random';
import { RUNS } from '../helpers/runs';

const NAMESPACES = ['open', 'closed', 'shut'] as const;
type Namespace = (typeof NAMESPACES)[number];

/** A service: where it is, and what its Pods listen on. */
interface Made {
  readonly namespace: Namespace;
  readonly port: number;
}

type End = { readonly service: number } | { readonly namespace: Namespace };

/** Something that is allowed: by the service itself, or by a closed namespace about some or all of its Pods. */
type Allow =
  | { readonly by: 'service'; readonly at: number; readonly from: number; readonly ports: readonly number[] }
  | {
      readonly by: 'closed' | 'shut';
      readonly way: 'from' | 'to';
      readonly pods: number | undefined;
      readonly other: End;
      /** None is every port. */
      readonly ports: readonly number[];
    };

const PORTS = [80, 443, 6379];
const index = fc.nat({ max: 4 });
const ports = fc.subarray(PORTS, { maxLength: 2 });
const allows: fc.Arbitrary<Allow> = fc.oneof(
  fc.record({ by: fc.constant('service' as const), at: index, from: index, ports }),
  fc.record({
    by: fc.constantFrom('closed' as const, 'shut' as const),
    way: fc.constantFrom('from' as const, 'to' as const),
    pods: fc.option(index, { nil: undefined }),
    other: fc.oneof(fc.record({ service: index }), fc.record({ namespace: fc.constantFrom(...NAMESPACES) })),
    ports,
  }),
);
const worlds = fc.record({
  services: fc.array(fc.record({ namespace: fc.constantFrom(...NAMESPACES), port: fc.constantFrom(...PORTS) }), {
    minLength: 5,
    maxLength: 5,
  }),
  said: fc.array(allows, { maxLength: 6 }),
  closedFirst: fc.boolean(),
});

interface World {
  readonly services: readonly Made[];
  readonly said: readonly Allow[];
  readonly closedFirst: boolean;
}

/** What can be said at all: whoever may connect to everything is not let out, and nobody lets in nobody. */
const isMeant =
  (services: readonly Made[]) =>
  (allow: Allow): boolean =>
    allow.by === 'service'
      ? allow.at !== allow.from
      : !(allow.by === 'closed' && allow.way === 'to') &&
        (allow.pods === undefined || services[allow.pods]?.namespace === allow.by);

/** The objects, made by the constructs. */
function objectsOf({ services, said, closedFirst }: World): object[] {
  const app = new App();
  const chart = new Chart(app, 'world');
  const close = () => ({
    closed: new DefaultDenyNamespace(chart, 'closed', { name: 'closed' }),
    shut: new DefaultDenyNamespace(chart, 'shut', { name: 'shut', egress: EgressDefault.DENY_EXCEPT_DNS }),
  });
  const early = closedFirst ? close() : undefined;
  const made = services.map(
    ({ namespace, port }, at) =>
      new ExposedService(chart, `s${at}`, { image: 'a:1', port, namespace: { name: namespace } }),
  );
  const namespaces = early ?? close();
  const service = (at: number) => made[at] as ExposedService;
  for (const [at, allow] of said.filter(isMeant(services)).entries()) {
    const name = `allow-${at}`;
    const opened = allow.ports.length > 0 ? allow.ports.map((port) => PolicyPort.tcp(port)) : undefined;
    if (allow.by === 'service') {
      service(allow.at).allowFrom(service(allow.from), { ports: opened, name });
      continue;
    }
    const { [allow.by]: by } = namespaces;
    const options: AllowOptions = {
      name,
      ports: opened,
      pods: allow.pods === undefined ? undefined : service(allow.pods).podLabels,
    };
    const { other, way } = allow;
    if ('service' in other) {
      by[way === 'from' ? 'allowFromWorkload' : 'allowToWorkload'](service(other.service), options);
    } else {
      by[way === 'from' ? 'allowFromNamespace' : 'allowToNamespace']({ name: other.namespace }, options);
    }
  }
  return app.charts.flatMap((one) => one.toJson());
}

/** What may connect, worked out from what was said, without a policy. */
function expected({ services, said }: World, from: number, to: number): string {
  const [source, target] = [services[from] as Made, services[to] as Made];
  const holds = (end: End, at: number) =>
    'service' in end ? end.service === at : services[at]?.namespace === end.namespace;
  const meant = said.filter(isMeant(services));
  const about = meant.filter((allow) => {
    if (allow.by === 'service') {
      return allow.at === to && allow.from === from;
    }
    const own: End = allow.pods === undefined ? { namespace: allow.by } : { service: allow.pods };
    const [start, end] = allow.way === 'from' ? [allow.other, own] : [own, allow.other];
    return holds(start, from) && holds(end, to);
  });
  const portsOf = (allow: Allow) =>
    allow.ports.length > 0 ? allow.ports : allow.by === 'service' ? [target.port] : 'all';
  const union = (granted: readonly Allow[]) => {
    const all = granted.map(portsOf);
    return all.includes('all') ? 'all' : [...new Set(all.flat() as number[])];
  };
  const isShut = source.namespace === 'shut';
  const isClosed = target.namespace !== 'open' || meant.some((allow) => allow.by === 'service' && allow.at === to);
  // Whoever is let out is let in by a namespace, and not by a service that closed itself.
  const out = isShut ? union(about) : 'all';
  const into = isClosed
    ? union(about.filter((allow) => target.namespace !== 'open' || !(allow.by !== 'service' && allow.way === 'to')))
    : 'all';
  const both = out === 'all' ? into : into === 'all' ? out : out.filter((port) => into.includes(port));
  return both === 'all'
    ? 'all'
    : portsText([...both].sort((a, b) => a - b).map((port) => ({ protocol: 'TCP', from: port, to: port })));
}

test('exactly what was allowed may connect, in open and closed namespaces, in whichever order things are made', () => {
  const seen = { none: 0, some: 0, all: 0 };
  fc.assert(
    fc.property(worlds, (world) => {
      const cluster = Cluster.from(objectsOf(world));
      expect(cluster.problems).toEqual([]);
      const workload = (at: number) =>
        cluster.find(`${world.services[at]?.namespace}/Deployment/s${at}`)[0] as ClusterPeer;
      const pairs = world.services.flatMap((_, from) => world.services.map((__, to) => [from, to] as const));
      for (const [from, to] of pairs.filter(([one, other]) => one !== other)) {
        const said = expected(world, from, to);
        expect([from, to, portsText(cluster.ports(workload(from), workload(to)))]).toEqual([from, to, said]);
        seen[said === 'none' ? 'none' : said === 'all' ? 'all' : 'some'] += 1;
      }
    }),
    RUNS,
  );
  expect(Math.min(seen.none, seen.some, seen.all)).toBeGreaterThan(RUNS.numRuns / 4);
});
