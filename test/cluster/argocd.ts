import { spawnSync } from 'node:child_process';
import { loadAll } from 'js-yaml';
import { ROOT } from '../../scripts/doc-pages';
import { filesBelow } from '../helpers/app-copy';
import type { Fields } from '../helpers/fields';
import type { Way } from './apply';
import type { Cluster } from './cluster';
import { CLUSTER_SCOPED, isClusterScoped, type Sheet, titleOf } from './objects';
import { argocdJudge } from './programs';

// What Argo CD's own code is asked.

/** The projects and applications that dist/ holds. */
export const ARGOCD_OBJECTS: readonly Fields[] = [...filesBelow(`${ROOT}/dist/argocd`)].flatMap(
  ([, text]) => loadAll(text) as Fields[],
);

function asked<Answer>(question: string, given: object): Answer {
  const { status, stdout, stderr } = spawnSync(argocdJudge(), [question], {
    input: JSON.stringify(given),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) {
    throw new Error(`Argo CD cannot be asked: ${stderr}`);
  }
  return JSON.parse(stdout);
}

/** What Argo CD makes of an Application. */
export interface Place {
  /** The objects that it reads. */
  readonly objects: readonly Fields[];
  /** What its project does not allow. */
  readonly refused: readonly string[];
}

/** The project that Argo CD makes by itself, which allows everything. */
const DEFAULT_PROJECT: Fields = {
  metadata: { name: 'default' },
  spec: {
    sourceRepos: ['*'],
    destinations: [{ server: '*', namespace: '*' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
  },
};

/** What each Application reads of a folder that holds its repository, and what its project keeps it from. */
export function placed(repository: string, objects: readonly Fields[]): ReadonlyMap<string, Place> {
  const applications = objects.filter(({ kind }) => kind === 'Application');
  const places = asked<Place[]>('place', {
    repository,
    applications,
    projects: [DEFAULT_PROJECT, ...objects.filter(({ kind }) => kind === 'AppProject')],
    clusterScoped: [...CLUSTER_SCOPED],
  });
  return new Map(applications.map(({ metadata }, index) => [metadata.name, places[index] as Place]));
}

/** A sheet that Argo CD applies and compares, as a given Application says or as one without settings does. */
export interface Watched extends Sheet {
  readonly application?: Fields;
  /** What is desired when it is compared, where that is not what was applied. */
  readonly desired?: readonly Fields[];
}

interface Verdict {
  readonly mistake?: string;
  readonly outOfSync?: Readonly<Record<string, readonly [live: Fields, predicted: Fields]>>;
}

/** An Application that syncs in a way, whatever else it says. */
function syncing(application: Fields | undefined, way: Way): Fields {
  const { metadata = { name: 'judged' }, spec = {} } = application ?? {};
  const others = ((spec.syncPolicy?.syncOptions ?? []) as string[]).filter((one) => !/^ServerSideApply=/.test(one));
  const syncOptions = [...others, ...(way === 'server-side' ? ['ServerSideApply=true'] : [])];
  return {
    metadata,
    spec: {
      ...spec,
      destination: { namespace: 'default', ...spec.destination },
      syncPolicy: { ...spec.syncPolicy, syncOptions },
    },
  };
}

/** Argo CD gives what names no namespace to that of the Application. */
function inNamespace(object: Fields, namespace: string): Fields {
  return isClusterScoped(object) || object.metadata.namespace !== undefined
    ? object
    : { ...object, metadata: { ...object.metadata, namespace } };
}

/**
 * Applies sheets as Argo CD does in a sync, and asks it whether it would show them OutOfSync then, in every way in which it
 * compares.
 *
 * @returns what it would not apply, and what it would show OutOfSync, with the way
 */
export function outOfSync(cluster: Cluster, sheets: readonly Watched[], way: Way): readonly string[] {
  const applications = sheets.map(({ application, objects, desired }) => {
    const app = syncing(application, way);
    const inside = (given: readonly Fields[]) => given.map((one) => inNamespace(one, app.spec.destination.namespace));
    return { application: app, objects: inside(objects), ...(desired && { desired: inside(desired) }) };
  });
  const verdicts = asked<Verdict[][]>('compare', { kubeconfig: cluster.kubeconfig(), applications });
  return sheets.flatMap(({ name, objects }, at) =>
    objects.flatMap((object, index) => {
      const { mistake, outOfSync = {} } = (verdicts[at] as readonly Verdict[])[index] as Verdict;
      const title = `${name}: ${titleOf(object)}`;
      return [
        ...(mistake === undefined ? [] : [`${title}: ${mistake}`]),
        ...Object.entries(outOfSync).map(
          ([how, [live, predicted]]) => `${title}: ${how}: ${differing(live, predicted)}`,
        ),
      ];
    }),
  );
}

/** Where two objects differ, by the fields. */
function differing(live: unknown, predicted: unknown, at = ''): string {
  const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
  if (!isObject(live) || !isObject(predicted) || Array.isArray(live) !== Array.isArray(predicted)) {
    return JSON.stringify(live) === JSON.stringify(predicted)
      ? ''
      : `${at} is ${JSON.stringify(live)}, and ${JSON.stringify(predicted)} is expected`;
  }
  return [...new Set([...Object.keys(live), ...Object.keys(predicted)])]
    .map((key) => differing(live[key], predicted[key], at === '' ? key : `${at}.${key}`))
    .filter((one) => one !== '')
    .join('; ');
}
