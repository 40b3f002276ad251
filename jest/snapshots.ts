import { type Cluster, isExternal, type Peer, peerText, portsText } from '../analysis/connectivity';
import type { RouteRow, Routes } from '../analysis/routing';
import { exposedPlace } from '../report/connections/exposures';
import { isSameFamily, merged, rangeOf } from '../report/connections/merged';
import { percent } from '../report/numbers';
import { peerLabel } from '../report/peers';
import { printable } from '../report/printable';
import { backendText } from '../report/route/text';

/**
 * Who can connect to whom, for a snapshot: a paragraph for each target, a line for each source. Nothing is aligned, so
 * that a change is a change of its own lines only.
 */
export function connectivityText(cluster: Cluster): string {
  const peers: readonly Peer[] = [...cluster.workloads, ...cluster.externals];
  const paragraphs = targets(cluster, peers).map(({ to, lines }) => `${peerLabel(to)}${lines}`);
  const exposures = cluster
    .exposures()
    .map(({ via, host, path, service, servicePort, to, port, protocol, reachable, why }) =>
      [
        `${printable(exposedPlace({ via, host, path, servicePort }))} by ${via.kind} ${via.namespace}/${via.name}`,
        `to Service ${service}, ${to === null ? 'no workload' : peerText(to)}, ${port === null ? 'no port' : `${protocol} ${port}`}`,
        `${reachable === null ? 'not decided' : reachable ? 'open' : 'closed'}: ${why}`,
      ].join('\n  '),
    );
  return [...paragraphs, ...exposures, ...noteLines(cluster.notes)].join('\n\n');
}

/** Every target with its sources, one a line; neighbouring addresses to which the same is open are one target. */
function targets(cluster: Cluster, peers: readonly Peer[]): readonly { readonly to: Peer; readonly lines: string }[] {
  const found: { to: Peer; readonly lines: string }[] = [];
  for (const to of peers) {
    const lines = sources(cluster, peers, to)
      .map((line) => `\n  ${line}`)
      .join('');
    const before = found.at(-1);
    if (before?.lines === lines && isExternal(to) && isExternal(before.to) && isSameFamily(before.to, to)) {
      before.to = rangeOf({ first: before.to, last: to });
    } else {
      found.push({ to, lines });
    }
  }
  return found;
}

function sources(cluster: Cluster, peers: readonly Peer[], to: Peer): readonly string[] {
  const connections = [...cluster.connections({ to: [to] })];
  const possible = peers.filter((from) => from !== to && !(isExternal(from) && isExternal(to)));
  if (connections.length === 0) {
    return ['from nobody'];
  }
  return connections.length === possible.length && connections.every(({ ports }) => ports === 'all')
    ? ['from everybody: all']
    : [...merged(connections, cluster.externals)].map(
        ({ from, ports }) => `from ${peerLabel(from)}: ${portsText(ports)}`,
      );
}

/** All routes, for a snapshot: a paragraph for each path of each host. */
export function routesText(routes: Routes): string {
  const rows = routes.table();
  const paragraphs = rows.length === 0 ? ['no routes'] : rows.map((row) => routeLines(row).map(printable).join('\n  '));
  return [...paragraphs, ...noteLines(routes.notes)].join('\n\n');
}

/** What the answers rest on, without the places: these change with every line above. */
function noteLines(notes: readonly { readonly message: string }[]): readonly string[] {
  return [...new Set(notes.map(({ message }) => printable(`note: ${message}`)))];
}

function routeLines(row: RouteRow): readonly string[] {
  const { host, path, pathType, listener, when, tls, httpsRedirect, canary, rule, notes } = row;
  return [
    `${host ?? '*'}${path} (${pathType}${tls ? ', TLS' : ''})`,
    ...(listener === undefined ? [] : [`at listener ${listener}`]),
    ...(when === undefined ? [] : [`if ${when}`]),
    ...(httpsRedirect === undefined ? [] : [`HTTP is redirected to HTTPS (${httpsRedirect})`]),
    ...canary.map(({ when, to }) => `to ${to} if ${when}`),
    ...goals(row),
    `by ${rule.kind} ${rule.namespace}/${rule.name}`,
    ...notes.map((note) => `note: ${note}`),
  ];
}

function goals({ backends, redirect, error, rule }: RouteRow): readonly string[] {
  if (error !== undefined) {
    return [`error ${error.status}: ${error.why}`];
  }
  return redirect !== undefined
    ? [`redirect ${redirect.status} to ${redirect.location}`]
    : backends.map((backend) => `to ${backendText(backend, rule)}: ${percent(backend.probability)}`);
}
