import { type ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isClusterKind } from './cluster-kinds';

/** What every chart of an app writes, in the order of its file. */
export interface Written {
  readonly chart: Chart;
  readonly objects: readonly ApiObject[];
}

/** A mark that the matchers of tests read too; they may be of another copy of this package. */
const ALTERNATIVE = Symbol.for('cdk8s-networking.alternative');

/** Says that every chart in or below a construct is applied in the place of another one. */
export function markAlternative(construct: IConstruct): void {
  Object.defineProperty(construct, ALTERNATIVE, { value: true });
}

/**
 * Objects that an app makes twice: of two, the one that is applied last would be what the cluster has, and to remove one
 * would remove both. Charts that are applied in the place of others may write what others write.
 */
export function duplicates(files: readonly Written[]): string[] {
  const taken = new Map<string, ApiObject>();
  return files.flatMap(({ chart, objects }) => [
    ...withinOne(objects),
    ...(isAlternative(chart) ? [] : withinApp(objects, taken)),
  ]);
}

function withinOne(objects: readonly ApiObject[]): string[] {
  const taken = new Map<string, ApiObject>();
  return objects.flatMap((object) => {
    const other = claim(taken, keyOf(object), object);
    return other ? [`${alreadyMade(object, other)}; rename one`] : [];
  });
}

function withinApp(objects: readonly ApiObject[], taken: Map<string, ApiObject>): string[] {
  return objects.flatMap((object) => {
    // Charts that name no namespace may be applied to different ones.
    const isKnown = object.metadata.namespace !== undefined || isOfCluster(object);
    const other = isKnown ? claim(taken, keyOf(object), object) : undefined;
    return other && Chart.of(other) !== Chart.of(object)
      ? [
          `${alreadyMade(object, other)}, in another chart; keep one of them, or, if one chart is applied in the place of the other, name that one by NetworkingApp.alternative`,
        ]
      : [];
  });
}

/** Whether a chart is applied in the place of another one. */
export function isAlternative(chart: Chart): boolean {
  return chart.node.scopes.some((scope) => ALTERNATIVE in scope);
}

/** Takes a key for an object, and returns the one that has it already. */
function claim(taken: Map<string, ApiObject>, key: string, object: ApiObject): ApiObject | undefined {
  const other = taken.get(key);
  if (!other) {
    taken.set(key, object);
  }
  return other;
}

function alreadyMade(object: ApiObject, other: ApiObject): string {
  const namespace = namespaceOf(object);
  const name = namespace ? `${namespace}/${object.name}` : object.name;
  return `${object.node.path}: ${object.kind} ${name} is already made by ${other.node.path}`;
}

function keyOf(object: ApiObject): string {
  return JSON.stringify([object.apiGroup, object.kind, namespaceOf(object), object.name]);
}

/** cdk8s gives the namespace of a chart to objects of the cluster too. */
function namespaceOf(object: ApiObject): string {
  return isOfCluster(object) ? '' : (object.metadata.namespace ?? '');
}

function isOfCluster({ apiGroup, kind }: ApiObject): boolean {
  return isClusterKind(apiGroup === 'core' ? '' : apiGroup, kind) === true;
}
