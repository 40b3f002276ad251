import type { INamespace } from '../namespace';
import { dnsLabel, imageRegistry, oneOf, type Problems, record } from '../values';
import { OnlineBoutiqueRelease } from './release';

/** What both constructs are given. */
interface Given {
  readonly release?: OnlineBoutiqueRelease;
  readonly imageRegistry?: string;
  readonly namespace?: INamespace;
}

/** What is wrong with what both constructs are given. */
export function commonProblems(given: Given): Problems {
  return [
    ...(given.release === undefined ? [] : oneOf('release', given.release, Object.values(OnlineBoutiqueRelease))),
    ...(given.imageRegistry === undefined ? [] : imageRegistry('imageRegistry', given.imageRegistry)),
    ...(given.namespace === undefined ? [] : namespaceProblems(given.namespace)),
  ];
}

function namespaceProblems(namespace: INamespace): Problems {
  const problems = record('namespace', namespace);
  return problems.length > 0 ? problems : dnsLabel('namespace.name', namespace.name);
}

/** The images of one release. */
export function imagesOf(given: Given, release: OnlineBoutiqueRelease): (name: string) => string {
  const registry = given.imageRegistry ?? 'gcr.io/google-samples/microservices-demo';
  return (name) => `${registry}/${name}:v${given.release ?? release}`;
}
