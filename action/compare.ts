import { Cluster, compareConnections, Routes, type RoutingComparison, sameRouting } from '../analysis';
import { check, type Finding } from '../analysis/check';
import { type CheckSettings, NO_SETTINGS } from '../analysis/check/settings';
import type { InputDegree, Manifest } from '../analysis/manifest';
import type { Input } from '../input/files';
import { fingerprints } from '../report/check/answer';
import { type WordedFinding, worded } from '../report/check/worded';
import { changeGraph } from '../report/graph/change';
import type { Placed } from '../report/problems';
import type { PullRequestAnswer } from '../report/pull-request/answer';
import { Refusal } from './refusal';

/** How the manifests are read. */
export interface CompareSettings {
  readonly input: InputDegree;
  readonly class: string;
  readonly gateway: string;
  readonly assumeGateway: boolean;
  readonly checks?: CheckSettings;
}

/** What a change does, and everything that is wrong after it. */
export interface Compared {
  readonly answer: PullRequestAnswer;
  readonly findings: readonly WordedFinding[];
  readonly objects: number;
}

const SEVERAL_TARGETS: Placed = {
  file: '',
  line: 0,
  message:
    'files of which one is applied in the place of another are targets of their own: name in path what is applied together',
};

const ROUTE_KINDS = ['Ingress', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/**
 * Compares manifests before and after a change.
 *
 * @throws Refusal for everything that is wrong with either side
 */
export function compare(before: Input, after: Input, settings: CompareSettings): Compared {
  const [old, changed] = [sideOf(before, settings, 'before'), sideOf(after, settings, 'after')];
  const problems = [...old.problems, ...changed.problems];
  if (problems.length > 0) {
    const isTwice = problems.some(({ code }) => code === 'duplicate-object');
    throw new Refusal(isTwice ? [SEVERAL_TARGETS, ...problems] : problems);
  }
  const connections = compareConnections(old, changed);
  const [was, is] = [old, changed].map(({ findings }) => findings.map(worded)) as [WordedFinding[], WordedFinding[]];
  const answer: PullRequestAnswer = {
    connections,
    routes: routing(old, changed),
    findings: newFindings(was, is),
    notes: [...new Map([...old.notes, ...changed.notes].map((note) => [note.message, note])).values()],
    picture: changeGraph(old.cluster, changed.cluster, connections),
  };
  return { answer, findings: is, objects: changed.manifests.length };
}

interface Side {
  readonly cluster: Cluster;
  readonly manifests: readonly Manifest[];
  readonly routes: Routes | undefined;
  readonly problems: readonly (Placed & { readonly code: string })[];
  readonly notes: readonly Placed[];
  readonly findings: readonly Finding[];
}

function sideOf(input: Input, settings: CompareSettings, side: 'before' | 'after'): Side {
  const { manifests } = input;
  const cluster = Cluster.from(input, { input: settings.input });
  const routes = manifests.some(({ kind }) => ROUTE_KINDS.includes(kind)) ? routesOf(input, settings) : undefined;
  const found = new Map<string, Side['problems'][number]>();
  for (const problem of [...input.unread, ...cluster.problems, ...(routes?.problems ?? [])]) {
    const message = problem.file === '' ? `${side}: ${problem.message}` : problem.message;
    found.set(`${problem.file}:${problem.line} ${message}`, { ...problem, message });
  }
  return {
    cluster,
    manifests,
    routes,
    problems: [...found.values()],
    notes: [...cluster.warnings, ...cluster.notes, ...(routes?.notes ?? [])],
    findings: found.size > 0 ? [] : check(manifests, settings.checks ?? NO_SETTINGS).findings,
  };
}

function routesOf(input: Input, { input: degree, class: own, gateway, assumeGateway }: CompareSettings): Routes {
  const has = (...kinds: readonly string[]) => input.manifests.some(({ kind }) => kinds.includes(kind));
  const isGateway = gateway !== '' && has('Gateway', ...(assumeGateway ? ['HTTPRoute', 'GRPCRoute'] : []));
  return Routes.of(input, {
    input: degree,
    assumeGateway,
    ...(isGateway ? { gateway } : own !== '' && has('Ingress') ? { ingressClass: own } : {}),
  });
}

function routing(before: Side, after: Side): RoutingComparison | undefined {
  if (before.routes === undefined && after.routes === undefined) {
    return undefined;
  }
  const none = Routes.of({ manifests: [], problems: [] }, {});
  return sameRouting(before.routes ?? none, after.routes ?? none);
}

/** Findings are known by rule, object and message: lines move, these do not. */
function newFindings(before: readonly WordedFinding[], after: readonly WordedFinding[]) {
  const [old, changed] = [new Set(fingerprints(before)), fingerprints(after)];
  const added = after.filter((_, at) => !old.has(changed[at] as string));
  return { added, gone: before.length - (after.length - added.length) };
}
