import type { Manifest } from '../../../manifest';
import { isMapping } from '../../../manifest/value';
import type { Direction, PodPeer } from '../../model';
import type { Selector } from '../../selector';
import { plainSelector } from './selector';

/** What a policy that is not evaluated may do to some pods in one direction, whatever the evaluated ones say. */
export interface OtherPart {
  /** The pods that it may be about; more than it is about where its selector cannot be read. */
  readonly subject: readonly PodPeer[];
  readonly direction: Direction;
  readonly opens: boolean;
  readonly closes: boolean;
  /** Who may be at the other end: `outside` are addresses and nodes. */
  readonly whom: 'anybody' | 'outside' | readonly PodPeer[];
}

/** Both directions. */
export const BOTH: readonly Direction[] = ['ingress', 'egress'];

/** All pods. */
export const EVERY_POD: readonly PodPeer[] = [{ namespaces: [], pods: [] }];

/** All pods of the namespace of the policy. */
export const OWN_NAMESPACE: readonly PodPeer[] = [{ namespaces: 'own', pods: [] }];

export type What = Partial<Pick<OtherPart, 'opens' | 'closes' | 'whom'>>;

/** A part for each direction. */
export function partsOf(subject: readonly PodPeer[], directions: readonly Direction[], what: What): OtherPart[] {
  return directions.map((direction) => ({
    subject,
    direction,
    opens: false,
    closes: false,
    whom: 'anybody',
    ...what,
  }));
}

/** A mapping below an object, step by step; an empty one where there is none. */
export function mappingIn(value: unknown, ...keys: readonly string[]): Readonly<Record<string, unknown>> {
  let found = value;
  for (const key of keys) {
    found = isMapping(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return isMapping(found) ? found : {};
}

/** A list, or none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The pods of the own namespace that a LabelSelector selects; all of them where it cannot be read. */
export function ownPods(selector: unknown): readonly PodPeer[] {
  return [{ namespaces: 'own', pods: plainSelector(selector) ?? [] }];
}

/** Pods by a selector of namespaces and one of pods, of which one that cannot be read means all. */
export function podsIn(namespaces: Selector | undefined, pods: unknown): readonly PodPeer[] {
  return [{ namespaces: namespaces ?? [], pods: plainSelector(pods) ?? [] }];
}

/** `spec` of a manifest. */
export function specOf({ object }: Manifest): Readonly<Record<string, unknown>> {
  return mappingIn(object, 'spec');
}
