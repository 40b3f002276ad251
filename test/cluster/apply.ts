import { isDeepStrictEqual } from 'node:util';
import { Yaml } from 'cdk8s';
import type { Fields } from '../helpers/fields';
import type { Cluster, Ran } from './cluster';
import { isClusterScoped, lost, type Sheet, titleOf } from './objects';

/** The two ways to apply that kubectl has. */
export type Way = 'client-side' | 'server-side';

const FLAGS: Readonly<Record<Way, readonly string[]>> = { 'client-side': [], 'server-side': ['--server-side'] };

/**
 * Applies a sheet as a person does, and asks everything of it that should hold: it is accepted under strict validation, nothing
 * differs then, every field reads back as written, and to apply it again changes no object.
 *
 * @returns what does not hold
 */
export async function applied(cluster: Cluster, { objects }: Sheet, way: Way): Promise<readonly string[]> {
  await namespaces(cluster, objects);
  const text = Yaml.stringify(...objects);
  const flags = FLAGS[way];
  const apply = () => cluster.kubectl(['apply', ...flags, '--validate=strict', '-f', '-'], text);
  const first = apply();
  if (first.status !== 0) {
    return [failure(`kubectl apply ${flags.join(' ')}`, first)];
  }
  const difference = cluster.kubectl(['diff', ...flags, '-f', '-'], text);
  const live = onCluster(cluster, text);
  const second = apply();
  const after = settled(live, onCluster(cluster, text), way, () => {
    apply();
    return onCluster(cluster, text);
  });
  return [
    ...said('kubectl apply', first),
    ...(difference.status === 0 ? [] : [failure('kubectl diff', difference)]),
    ...objects.flatMap((object, index) =>
      lost(object, live[index]).map((one) => `${titleOf(object)}: ${one} on the cluster`),
    ),
    ...(second.status === 0 ? [] : [failure('kubectl apply, once more,', second)]),
    ...objects.flatMap((object, index) =>
      live[index]?.metadata.resourceVersion === after[index]?.metadata.resourceVersion
        ? []
        : [`${titleOf(object)} is another version once it is applied again`],
    ),
  ];
}

/**
 * A server writes some objects once more when they are applied server-side for the second time, though nothing of them changes:
 * those that set no field, such as a Namespace with only a name, since only then it notes who made them, and those whose
 * definition has a default for `status`. Each such object counts as it was before, if it has the same fields and is written no
 * third time.
 */
function settled(
  before: readonly Fields[],
  after: readonly Fields[],
  way: Way,
  again: () => readonly Fields[],
): readonly Fields[] {
  const isOther = (index: number) => before[index]?.metadata.resourceVersion !== after[index]?.metadata.resourceVersion;
  if (way === 'client-side' || !after.some((_, index) => isOther(index))) {
    return after;
  }
  const third = again();
  return after.map((object, index) => {
    const isStill = third[index]?.metadata.resourceVersion === object.metadata.resourceVersion;
    return isOther(index) && isStill && isDeepStrictEqual(ofPerson(object), ofPerson(before[index] as Fields))
      ? (before[index] as Fields)
      : object;
  });
}

/** What a person writes of an object. */
function ofPerson({ metadata, status: _, ...fields }: Fields): Fields {
  const { labels, annotations } = metadata;
  return { ...fields, labels, annotations };
}

/** The objects of a text as the cluster has them, in their order. */
function onCluster(cluster: Cluster, text: string): readonly Fields[] {
  const { status, stdout, stderr } = cluster.kubectl(['get', '-f', '-', '-o', 'json'], text);
  if (status !== 0) {
    throw new Error(`kubectl get: ${stderr}`);
  }
  const found = JSON.parse(stdout) as Fields;
  return found.kind === 'List' ? found.items : [found];
}

/** Makes the namespaces in which objects stand and that are not among them. */
export async function namespaces(cluster: Cluster, objects: readonly Fields[]): Promise<void> {
  const made = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  const used = objects.filter((object) => !isClusterScoped(object)).map(({ metadata }) => metadata.namespace);
  for (const name of new Set(used)) {
    if (name !== undefined && !made.includes(name)) {
      // One that is there already is no mistake.
      await cluster.ask('POST', '/api/v1/namespaces', { metadata: { name } });
    }
  }
}

function failure(what: string, { status, stdout, stderr }: Ran): string {
  return `${what} ended with ${status}: ${(stderr || stdout).trim()}`;
}

/** What a server may warn of. */
const EXPECTED = [
  // Argo CD's own name, older than the advice to have a path in it.
  /^Warning: metadata\.finalizers: "resources-finalizer\.argocd\.argoproj\.io": prefer a domain-qualified finalizer name/,
];

/** What a server warns of beyond that. */
function said(what: string, { stderr }: Ran): readonly string[] {
  const lines = stderr.split('\n').filter((line) => line !== '' && !EXPECTED.some((one) => one.test(line)));
  return lines.map((line) => `${what} says: ${line}`);
}
