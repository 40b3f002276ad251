import type { Check } from '../fields';
import { imageRegistry } from '../image';
import type { INamespace } from '../namespace';
import { namespace, oneOf } from '../values';
import { OnlineBoutiqueRelease } from './release';

/** What both constructs are given. */
interface Given {
  readonly release?: OnlineBoutiqueRelease;
  readonly imageRegistry?: string;
  readonly namespace?: INamespace;
}

/** The checks of what both constructs are given. */
export const COMMON = {
  release: (what, value) => oneOf(what, value, Object.values(OnlineBoutiqueRelease)),
  imageRegistry,
  namespace,
} satisfies Record<string, Check>;

/** The images of one release. */
export function imagesOf(given: Given, release: OnlineBoutiqueRelease): (name: string) => string {
  const registry = given.imageRegistry ?? 'gcr.io/google-samples/microservices-demo';
  return (name) => `${registry}/${name}:v${given.release ?? release}`;
}
