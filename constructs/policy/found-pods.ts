import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Problems } from '../values';
import { makesPods, podTemplateOf } from './pod-template';

/** Labels of Pods, those of every workload apart; or why they can't be told. */
export interface Found {
  readonly pods: readonly Readonly<Record<string, string>>[];
  readonly problem?: Problems[number];
}

// biome-ignore lint/suspicious/noExplicitAny: a Kubernetes object is what its kind says it is
type Fields = any;

/** The labels by which a Service of this app selects its Pods. */
export function podsOfService(at: IConstruct, name: string, namespace: string): Found {
  const [service] = objectsIn(at, namespace).filter((object) => object.kind === 'Service' && object.name === name);
  const place = `${namespace}/${name}`;
  const advice = `name its Pods by Peer.pods({ app: … }, { name: "${namespace}" })`;
  if (service === undefined) {
    return { pods: [], problem: `no Service ${place} is made in this app, so that its Pods are not known; ${advice}` };
  }
  const selector = (service.toJson() as Fields).spec?.selector ?? {};
  return Object.keys(selector).length > 0
    ? { pods: [selector] }
    : { pods: [], problem: `the Service ${place}, ${service.node.path}, selects no Pods; ${advice}` };
}

/** The labels of the Pods of this app that run as a ServiceAccount. */
export function podsOfAccount(at: IConstruct, name: string, namespace: string): Found {
  const templates = objectsIn(at, namespace)
    .filter(({ kind }) => makesPods(kind))
    .map((object) => podTemplateOf(object.toJson()))
    .filter((template) => accountOf(template) === name);
  const pods = templates.map((template) => template.metadata?.labels ?? {});
  const place = `${namespace}/${name}`;
  const advice = `name the Pods by Peer.pods({ app: … }, { name: "${namespace}" })`;
  if (pods.length === 0) {
    return {
      pods,
      problem: `no workload of this app runs as the ServiceAccount ${place}, so that its Pods are not known; ${advice}`,
    };
  }
  return pods.some((labels) => Object.keys(labels).length === 0)
    ? {
        pods: [],
        problem: `a workload that runs as the ServiceAccount ${place} gives its Pods no labels; give them some`,
      }
    : { pods };
}

function accountOf(template: Fields): string {
  return template?.spec?.serviceAccountName ?? template?.spec?.serviceAccount ?? 'default';
}

function objectsIn(at: IConstruct, namespace: string): readonly ApiObject[] {
  return at.node.root.node
    .findAll()
    .filter(ApiObject.isApiObject)
    .filter((object) => (object.metadata.namespace ?? Chart.of(object).namespace) === namespace);
}
