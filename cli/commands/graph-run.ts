import { type Cluster, isExternal, type Peer } from '../../analysis/connectivity';
import { graphOf } from '../../report/graph/build';
import { graphDot } from '../../report/graph/dot';
import { graphJson } from '../../report/graph/json';
import { graphMermaid } from '../../report/graph/mermaid';
import type { Graph } from '../../report/graph/model';
import { routesGraph } from '../../report/graph/routes';
import { graphSvg } from '../../report/graph/svg/svg';
import { nearest } from '../../report/near';
import { problemLines } from '../../report/problems';
import { routeTargets } from '../../report/route/targets';
import { type Input, readInput } from '../input';
import { NamedPeers } from '../peers';
import { Refusal } from '../refusal';
import type { Session } from '../run';
import { clusterOf } from './connections-run';
import type { GraphOptions } from './graph';

/** The formats that say what the picture says; a page says more. */
const FORMATS: ReadonlyMap<string, (graph: Graph, warnings: Cluster['warnings']) => string> = new Map([
  ['svg', (graph) => graphSvg(graph)],
  ['dot', (graph) => graphDot(graph)],
  ['mermaid', (graph) => graphMermaid(graph)],
  ['json', graphJson],
]);

/** Draws who can connect to whom. */
export async function graph(paths: readonly string[], options: GraphOptions, { io, output }: Session): Promise<number> {
  const { before } = options;
  if (before === '-' && paths.includes('-')) {
    throw new Refusal(['-: standard input can be read once, for the manifests or for --before']);
  }
  const input = await readInput(paths, io);
  const cluster = clusterOf(input, options, output);
  const inputBefore = before === undefined ? undefined : await readInput([before], io);
  const earlier = inputBefore && clusterOf(inputBefore, options, output);
  const about = [
    ...(focused(cluster, options.focus) ?? []),
    ...(inNamespaces(cluster, earlier, options.namespace) ?? []),
  ];
  for (const one of earlier === undefined ? [cluster] : [earlier, cluster]) {
    for (const line of problemLines([...one.notes, ...one.notesOn({})], { label: 'note: ' })) {
      output.say(line);
    }
  }
  const asked = options.focus !== undefined || options.namespace !== undefined;
  if (options.routes) {
    sayOfRoutes(input, output);
  }
  // A page has both: who connects to whom, and the routes in a tab, which is open at first.
  const drawn =
    options.routes && options.format !== 'html'
      ? routesGraph(
          { cluster, manifests: input.manifests },
          {
            about: asked ? about : undefined,
            before: earlier && { cluster: earlier, manifests: (inputBefore as Input).manifests },
          },
        )
      : graphOf(cluster, {
          about: asked ? about : undefined,
          namespaces: options.namespace,
          before: earlier,
        });
  if (options.format === 'html') {
    // The parts of pages are loaded by those who make one.
    const { pageOf } = require('./graph-page') as typeof import('./graph-page.js');
    await output.write([pageOf({ paths, graph: drawn, input, before: inputBefore, options })]);
    return 0;
  }
  const format = FORMATS.get(options.format) as (graph: Graph, warnings: Cluster['warnings']) => string;
  await output.write([format(drawn, [...(earlier?.warnings ?? []), ...cluster.warnings])]);
  return 0;
}

/** @throws Refusal for everything that is wrong with routes */
function sayOfRoutes({ manifests }: Input, output: Session['output']): void {
  const targets = routeTargets(manifests);
  const problems = targets.flatMap(({ routes }) => routes.problems);
  if (problems.length > 0) {
    throw new Refusal(problemLines(problems));
  }
  const none = { file: '', line: 0, message: 'no Ingress and no route of the Gateway API is among the manifests' };
  const notes = targets.flatMap(({ routes }) => [
    ...routes.notes,
    ...routes.elsewhere.map(({ name, why }) => ({ file: '', line: 0, message: `${name} ${why}` })),
  ]);
  for (const line of problemLines(targets.length === 0 ? [none] : notes, { label: 'note: ' })) {
    output.say(line);
  }
}

/** @throws Refusal for a name that no workload has, or several */
function focused(cluster: Cluster, names: readonly string[] | undefined): readonly Peer[] | undefined {
  const named = new NamedPeers(cluster);
  const found = named.find(names, '--focus');
  named.check();
  const outside = found?.find(isExternal);
  if (outside !== undefined) {
    throw new Refusal([`--focus ${outside.ipRange}: give a workload; connections --from and --to know addresses`]);
  }
  return found;
}

/** @throws Refusal for a namespace without workloads */
function inNamespaces(
  cluster: Cluster,
  before: Cluster | undefined,
  names: readonly string[] | undefined,
): readonly Peer[] | undefined {
  const all = [...cluster.workloads, ...(before?.workloads ?? [])];
  return names?.flatMap((name) => {
    const own = all.filter(({ namespace }) => namespace === name);
    if (own.length === 0) {
      const near = nearest(
        name,
        all.map(({ namespace }) => namespace),
      );
      const advice = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'give one that holds workloads';
      throw new Refusal([`--namespace ${JSON.stringify(name)}: no workload is in it; ${advice}`]);
    }
    return own;
  });
}
