import { type Cluster, type Exposure, type Peer, type Port, peerText } from '../../analysis/connectivity';
import type { Manifest } from '../../analysis/manifest';
import type { BackendShare, RouteRow } from '../../analysis/routing';
import { percent } from '../numbers';
import { routeTargets } from '../route/targets';
import type { Change, Graph, Line } from './model';
import { Nodes, workloadKey } from './nodes';

/** One side of a picture of routes. */
export interface RoutedSide {
  readonly cluster: Cluster;
  readonly manifests: readonly Manifest[];
}

/** What a picture of routes is to show. */
export interface RoutesView {
  /** Only routes to these workloads. */
  readonly about?: readonly Peer[] | undefined;
  readonly before?: RoutedSide | undefined;
}

/** A line before it is drawn: what it leads from and to, and what its arrow says. */
interface Way {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly text: string;
  readonly blocked: boolean;
  readonly undecided: boolean;
  readonly reasons: readonly string[];
  readonly open: readonly Port[];
}

/** Where requests go: hosts and their paths, the share of each Service, and the workloads behind it. */
export function routesGraph(side: RoutedSide, { about, before }: RoutesView = {}): Graph {
  const nodes = new Nodes();
  const wanted = about && new Set(about.map(peerText));
  const now = new Ways(side, nodes, wanted);
  const then = before && new Ways(before, nodes, wanted);
  const lines = [...new Set([...now.all.keys(), ...(then?.all.keys() ?? [])])].map((key): Line => {
    const [own, was] = [now.all.get(key), then?.all.get(key)];
    const way = (own ?? was) as Way;
    const change: Change =
      before === undefined || own?.label === was?.label
        ? 'kept'
        : own === undefined
          ? 'closed'
          : was === undefined
            ? 'opened'
            : 'changed';
    return {
      kind: 'route',
      from: nodes.placeOf(way.from) as number,
      to: nodes.placeOf(way.to) as number,
      label: change === 'changed' ? `${was?.label} → ${own?.label}` : way.label,
      ports: change === 'changed' ? `${way.text} (was ${was?.label})` : way.text,
      open: way.open.map(({ protocol, port }) => ({ protocol, from: port, to: port })),
      change,
      blocked: way.blocked,
      undecided: way.undecided,
      count: 1,
      reasons: way.reasons,
    };
  });
  return { islands: nodes.islands, nodes: nodes.nodes, lines, isChange: before !== undefined, unseen: [] };
}

/** All ways of one side, by what tells them apart. */
class Ways {
  readonly all = new Map<string, Way>();
  private readonly exposures: readonly Exposure[];

  constructor(
    private readonly side: RoutedSide,
    private readonly nodes: Nodes,
    private readonly wanted: ReadonlySet<string> | undefined,
  ) {
    this.exposures = side.cluster.exposures();
    for (const { label, routes } of routeTargets(side.manifests)) {
      const rows = routes.problems.length > 0 ? [] : routes.table();
      for (const row of rows) {
        this.row(label, row);
      }
    }
  }

  private row(target: string, row: RouteRow): void {
    const { host, path, pathType, when, backends, redirect, error, canary, rule, httpsRedirect, listener } = row;
    const goals = backends.filter((share) => this.isWanted(share));
    const others = canary
      .map((one) => ({ ...one, service: serviceOf(one.to, rule.namespace) }))
      .filter(({ service }) => this.isWanted(service));
    const isAnswered = backends.length === 0 && (redirect !== undefined || error !== undefined);
    if (goals.length + others.length === 0 && !(isAnswered && this.wanted === undefined)) {
      return;
    }
    const place = `${path === '' || path === '/' ? '' : path}${pathType === 'Exact' ? ' exactly' : ''}`;
    const condition = [place, when ?? '', listener ?? ''].filter((text) => text !== '').join(' ');
    const from = this.host(target, host ?? 'any host', rule.kind);
    const by = `${host ?? '*'}${path} (${pathType})${when === undefined ? '' : ` when ${when}`} by ${rule.kind} ${rule.namespace}/${rule.name}`;
    const notes = [...row.notes, ...(httpsRedirect === undefined ? [] : [`HTTP is redirected (${httpsRedirect})`])];
    for (const share of goals) {
      const label = [
        condition,
        goals.length + others.length > 1 || share.probability < 1 ? percent(share.probability, 1) : '',
      ]
        .filter((text) => text !== '')
        .join(' ');
      this.lead(from, share, {
        key: condition,
        label,
        text: `${by}: ${percent(share.probability)} to ${share.service}`,
        notes,
      });
    }
    for (const { when: rules, service } of others) {
      const label = [condition, `if ${rules}`].filter((text) => text !== '').join(' ');
      this.lead(from, service, { key: label, label, text: `${by}: to ${service.service} if ${rules}`, notes });
    }
    if (isAnswered) {
      const what = redirect !== undefined ? `redirect ${redirect.status}` : `error ${error?.status}`;
      const full =
        redirect !== undefined ? `redirect ${redirect.status} to ${redirect.location}` : `${what}: ${error?.why}`;
      const to = `answer ${target} ${full}`;
      this.nodes.node(to, () => ({
        kind: 'service',
        label: redirect !== undefined ? redirect.location : `error ${error?.status}`,
        detail: redirect !== undefined ? `${redirect.status}` : 'nowhere',
        title: full,
        island: this.nodes.island({ kind: 'outside', label: 'Answers', title: 'Answers without a Service' }),
        from: [],
        to: [],
        change: 'kept',
        peers: [],
      }));
      this.add(condition, {
        from,
        to,
        label: condition,
        text: `${by}: ${full}`,
        blocked: error !== undefined,
        undecided: false,
        reasons: notes,
        open: [],
      });
    }
  }

  private host(target: string, host: string, kind: string): string {
    const key = `host ${target} ${host}`;
    this.nodes.node(key, () => ({
      kind: 'host',
      label: host,
      detail: kind === 'Ingress' ? 'ing' : kind,
      title: `${host} of ${target}`,
      island: this.nodes.island({ kind: 'entry', label: target, title: `Requests to ${target}` }),
      from: [],
      to: [],
      change: 'kept',
      peers: [],
    }));
    return key;
  }

  /** A line from a host to a Service, and from that to its workloads. */
  private lead(
    from: string,
    share: Pick<BackendShare, 'namespace' | 'service' | 'error' | 'kind'>,
    {
      key,
      label,
      text,
      notes,
    }: { readonly key: string; readonly label: string; readonly text: string; readonly notes: readonly string[] },
  ): void {
    const { namespace, service, error, kind = 'Service' } = share;
    const lead = this.leadOf(share);
    const to = `${kind} ${namespace}/${service}`;
    this.nodes.node(to, () => ({
      kind: 'service',
      label: service,
      detail: (lead?.leads.length ?? 0) === 0 ? 'no pods' : 'svc',
      title: `${kind} ${namespace}/${service}`,
      island: this.nodes.namespace(namespace),
      from: [],
      to: [],
      change: 'kept',
      peers: [],
    }));
    const reasons = [...notes, ...(error === undefined ? [] : [`error ${error.status}: ${error.why}`])];
    this.add(key, { from, to, label, text, blocked: error !== undefined, undecided: false, reasons, open: [] });
    for (const { workload, ports } of lead?.leads ?? []) {
      this.nodes.workload(workload, { from: [], to: [] }, 'kept');
      const rows = this.exposures.filter(
        (one) =>
          one.via.kind !== 'Service' &&
          one.via.namespace === namespace &&
          one.service === service &&
          one.to !== null &&
          peerText(one.to) === peerText(workload),
      );
      const targets = new Map(ports.map(({ target }) => [`${target.protocol} ${target.port}`, target]));
      this.add('', {
        from: to,
        to: workloadKey(workload),
        label: [...targets.values()]
          .map(({ protocol, port }) => (protocol === 'TCP' ? `${port}` : `${protocol} ${port}`))
          .join(', '),
        text: `Service ${namespace}/${service} to ${[...targets.keys()].join(', ')}`,
        blocked: rows.some(({ reachable }) => reachable === false),
        undecided: rows.some(({ reachable }) => reachable === null),
        reasons: [...new Set(rows.map(({ why }) => why))],
        open: [...targets.values()],
      });
    }
  }

  private add(key: string, way: Way): void {
    this.all.set(JSON.stringify([way.from, way.to, key]), way);
  }

  private leadOf({ namespace, service, kind }: Pick<BackendShare, 'namespace' | 'service' | 'kind'>) {
    return kind === undefined
      ? this.side.cluster.services().find((one) => one.namespace === namespace && one.name === service)
      : undefined;
  }

  private isWanted(share: Pick<BackendShare, 'namespace' | 'service' | 'kind'>): boolean {
    const { wanted } = this;
    return (
      wanted === undefined || (this.leadOf(share)?.leads ?? []).some(({ workload }) => wanted.has(peerText(workload)))
    );
  }
}

/** The Service of `frontend-canary:80` or `shop/frontend-canary:80`. */
function serviceOf(text: string, home: string): { readonly namespace: string; readonly service: string } {
  const [, namespace = home, service = text] = /^(?:([^/]+)\/)?([^/:]+)(?::[^:]*)?$/.exec(text) ?? [];
  return { namespace, service };
}
