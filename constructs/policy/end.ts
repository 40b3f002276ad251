import type { IConstruct } from 'constructs';
import type { INamespace } from '../namespace';
import type { Found } from './found-pods';

/** Labels of Pods. */
export type PodLabels = { readonly [key: string]: string };

/** Where the Pods of a peer are. */
export type Home =
  /** In the namespace of this name. */
  | { readonly kind: 'named'; readonly name: string }
  /** In the namespace of the policy, whichever that is. */
  | { readonly kind: 'same' }
  /** In a namespace that only whoever applies the manifests knows. */
  | { readonly kind: 'unnamed' };

/** A peer outside, or Pods: all of a namespace when there are no labels. */
export type End =
  | { readonly kind: 'pods'; readonly home: Home; readonly all: boolean; readonly labels: () => PodLabels | undefined }
  /** Pods that other objects of the app tell. */
  | { readonly kind: 'found'; readonly home: Home; readonly what: string; readonly find: (at: IConstruct) => Found }
  | { readonly kind: 'blocks'; readonly blocks: readonly string[]; readonly except: readonly string[] };

type Pods = Extract<End, { kind: 'pods' }>;

export function pods(home: Home, labels: Pods['labels']): Pods {
  return { kind: 'pods', home, labels, all: false };
}

/** Never all Pods of a namespace in the place of those that are not known. */
export function foundIn(end: Extract<End, { kind: 'found' }>, at: IConstruct | undefined): readonly PodLabels[] {
  const { pods: found = [], problem } = at === undefined ? {} : end.find(at);
  if (problem !== undefined || found.length === 0) {
    throw new Error(problem ?? `the Pods of the ${end.what} are not known yet`);
  }
  return found;
}

export function homeOf(namespace: INamespace | undefined): Home {
  return namespace === undefined ? { kind: 'same' } : { kind: 'named', name: Object(namespace).name };
}

export function homeIn(name: string | undefined): Home {
  return name === undefined ? { kind: 'unnamed' } : { kind: 'named', name };
}
