import type { INamespace } from '../namespace';
import { imageRegistry, namespace, oneOf, type Problems } from '../values';
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
    ...(given.namespace === undefined ? [] : namespace('namespace', given.namespace)),
  ];
}

/** The images of one release. */
export function imagesOf(given: Given, release: OnlineBoutiqueRelease): (name: string) => string {
  const registry = given.imageRegistry ?? 'gcr.io/google-samples/microservices-demo';
  return (name) => `${registry}/${name}:v${given.release ?? release}`;
}
