import {
  Cluster,
  type ConnectivityComparison,
  type ConnectivitySide,
  compareConnections,
  type Routes,
  type RoutingComparison,
  sameRouting,
} from '../../analysis';
import { changeJson } from '../../report/diff/connections-json';
import { connectionsDiffText } from '../../report/diff/connections-text';
import { changeGithub } from '../../report/diff/github';
import { routesDiffJson } from '../../report/diff/json';
import { routesDiffText } from '../../report/diff/text';
import { changeGraph } from '../../report/graph/change';
import type { Placed } from '../../report/problems';
import { pullRequestComment } from '../../report/pull-request/comment';
import type { Style } from '../../report/style';
import { type Input, readInput } from '../input';
import { Refusal } from '../refusal';
import { type RoutesChoice, settledRoutes, tellNotes } from '../routes';
import type { Session } from '../run';
import { styleOf } from '../style';
import { settle } from '../warnings';
import type { DiffOptions } from './diff';

/** Says what a change does. */
export async function diff(before: string, after: string, options: DiffOptions, session: Session): Promise<number> {
  const { io, output } = session;
  if (before === '-' && after === '-') {
    throw new Refusal(['-: standard input can be read once, for BEFORE or for AFTER']);
  }
  const [old, changed] = [
    await readInput([before], io, options.namespace),
    await readInput([after], io, options.namespace),
  ];
  if (options.routes === true) {
    return diffRoutes(old, changed, options, session);
  }
  const sides = [old, changed].map((input): ConnectivitySide & { readonly cluster: Cluster } => {
    const cluster = Cluster.from(input, { input: options.input });
    settle({ problems: [...input.unread, ...cluster.problems], warnings: cluster.warnings }, options.input, output);
    return { cluster, manifests: input.manifests };
  });
  const [was, is] = sides as [ConnectivitySide, ConnectivitySide];
  const connections = compareConnections(was, is);
  const routes =
    options.connections !== true && [old, changed].some(hasRoutes)
      ? routing(old, changed, options, session)
      : undefined;
  const clusters = sides.map(({ cluster }) => cluster) as [Cluster, Cluster];
  const warnings = clusters.flatMap((cluster) => cluster.warnings);
  const notes = [...warnings, ...clusters.flatMap((cluster) => cluster.notes), ...(routes?.notes ?? [])];
  const change = { connections, routes: routes?.comparison, warnings, notes: distinctNotes(notes), clusters };
  await output.write(changeText(change, options.format, styleOf(io.stdout, io)));
  const isKept = connections.same && (routes === undefined || routes.comparison.same);
  return options.exitCode === true && !isKept ? 1 : 0;
}

interface Change {
  readonly connections: ConnectivityComparison;
  readonly routes: RoutingComparison | undefined;
  readonly warnings: readonly Placed[];
  /** What the answer rests on. */
  readonly notes: readonly Placed[];
  readonly clusters: readonly [Cluster, Cluster];
}

function* changeText(change: Change, format: string, style: Style): Generator<string> {
  const { connections, routes, warnings, notes, clusters } = change;
  switch (format) {
    case 'json':
      yield* changeJson(connections, routes, warnings);
      break;
    case 'markdown':
      yield pullRequestComment({ connections, routes, notes, picture: changeGraph(...clusters, connections) });
      break;
    case 'github':
      yield* changeGithub(connections, routes);
      break;
    default:
      yield* connectionsDiffText(connections, style);
      yield* routes === undefined ? [] : ['\n', ...routesDiffText(routes, style)];
  }
}

/** What both sides rest on alike is told once, by its place after the change. */
function distinctNotes(notes: readonly Placed[]): readonly Placed[] {
  return [...new Map(notes.map((note) => [note.message, note])).values()];
}

const ROUTE_KINDS = ['Ingress', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

function hasRoutes({ manifests }: Input): boolean {
  return manifests.some(({ kind }) => ROUTE_KINDS.includes(kind));
}

async function diffRoutes(old: Input, changed: Input, options: DiffOptions, session: Session): Promise<number> {
  if (options.format === 'markdown' || options.format === 'github') {
    throw new Refusal([`--format ${options.format} goes with connections; leave --routes out`]);
  }
  const { comparison, warnings } = routing(old, changed, options, session);
  const style = styleOf(session.io.stdout, session.io);
  await session.output.write(
    options.format === 'json' ? routesDiffJson(comparison, warnings) : routesDiffText(comparison, style),
  );
  return options.exitCode === true && !comparison.same ? 1 : 0;
}

function routing(old: Input, changed: Input, options: DiffOptions, { output }: Session) {
  const read = (side: Side, input: Input): Routes => {
    try {
      return settledRoutes(input, { ...choiceOf(side, input, options), input: options.input }, output);
    } catch (error) {
      throw error instanceof Refusal ? new Refusal(error.lines.map((line) => sideLine(side, line))) : error;
    }
  };
  const [before, after] = [read('before', old), read('after', changed)];
  const notes = distinctNotes([...before.notes, ...after.notes]);
  tellNotes(notes, output);
  const comparison = sameRouting(before, after, { accept: options.accept ?? [] });
  return { comparison, warnings: [...before.warnings, ...after.warnings], notes };
}

type Side = 'before' | 'after';

/** The controller or Gateway of a side: what was said of it, else what was said of both and it has. */
function choiceOf(side: Side, input: Input, options: DiffOptions): RoutesChoice {
  const { assumeGateway, controllerVersion, configMap } = options;
  return { ...namedChoice(side, input, options), assumeGateway, controllerVersion, configMap };
}

function namedChoice(side: Side, { manifests }: Input, options: DiffOptions): RoutesChoice {
  const [own, gateway] =
    side === 'before' ? [options.beforeClass, options.beforeGateway] : [options.afterClass, options.afterGateway];
  if (own !== undefined || gateway !== undefined) {
    return { class: own, gateway };
  }
  // An assumed Gateway is there as soon as a route names it.
  const stands = options.assumeGateway === true ? ['Gateway', 'HTTPRoute', 'GRPCRoute'] : ['Gateway'];
  const has = (wanted: string) =>
    manifests.some(({ kind }) => (wanted === 'Gateway' ? stands.includes(kind) : kind === wanted));
  if (options.gateway !== undefined && has('Gateway') && !(options.class !== undefined && has('Ingress'))) {
    return { gateway: options.gateway };
  }
  return has('Ingress') && (options.gateway === undefined || !has('Gateway')) ? { class: options.class } : {};
}

/** What is wrong with a choice, by the options of the side. */
function sideLine(side: Side, line: string): string {
  return line.startsWith('--') ? line.replace(/--(?=class|gateway)/g, `--${side}-`) : line;
}
