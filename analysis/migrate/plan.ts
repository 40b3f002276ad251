import type { ObjectName } from './gateway';
import type { SourceIngress } from './source';
import { type Operation, type Said, TARGETS, type Target, type Unsaid } from './targets';
import { type Family, type Wish, wishesOf } from './wishes';

/** A wish of an Ingress, and what becomes of it. */
export interface PlannedWish {
  readonly family: Family;
  /** The annotations that say it, without prefix. */
  readonly names: readonly string[];
  /** What the target makes of it; `undefined` without a target. */
  readonly outcome: Said | Unsaid | undefined;
  /** The targets that could say it, where there is none. */
  readonly others: readonly Target[];
}

/** What is said of each Ingress besides where its requests go, by `namespace/name`. */
export type Plan = ReadonlyMap<string, readonly PlannedWish[]>;

/** Asks a target about all wishes of Ingresses. */
export function planOf(
  sources: readonly SourceIngress[],
  target: Target | undefined,
  gateway: ObjectName,
  operationsOf: (key: string) => readonly Operation[],
): Plan {
  return new Map(
    sources
      // Of a canary, ingress-nginx looks at nothing else.
      .filter(({ isCanary }) => !isCanary)
      .map(({ ingress: { key, namespace, manifest }, annotations }) => {
        const place = { ingress: { namespace, name: manifest.name }, gateway, operations: operationsOf(key) };
        const said = (wish: Wish, by: Target) => outcomeOf(wish, by, place);
        const wishes = wishesOf(annotations, namespace).map((wish): PlannedWish => {
          const others = target === undefined ? TARGETS.filter((one) => said(wish, one).kind === 'said') : [];
          const outcome = target === undefined ? undefined : said(wish, target);
          return { family: wish.family, names: wish.names, outcome, others };
        });
        return [key, wishes];
      }),
  );
}

function outcomeOf(
  { family, value }: Wish,
  target: Target,
  place: Parameters<Target['translators'][Family]>[1],
): Said | Unsaid {
  if ('why' in value) {
    return { kind: 'hand', what: value.why };
  }
  const translate = target.translators[family] as (wish: typeof value, at: typeof place) => Said | Unsaid;
  return translate(value, place);
}

/** The filters that the rules of an Ingress get, all of its wishes together. */
export function filtersOf(ingress: ObjectName, wishes: readonly PlannedWish[]): readonly object[] {
  return wishes.flatMap(({ outcome }) =>
    outcome?.kind !== 'said'
      ? []
      : [
          ...outcome.fragments
            .filter(({ on }) => on === 'filter')
            .map(({ apiVersion, kind, suffix }) => ({
              type: 'ExtensionRef',
              extensionRef: { group: apiVersion.replace(/\/.*$/, ''), kind, name: nameOf(ingress.name, suffix) },
            })),
          ...(outcome.filters ?? []),
        ],
  );
}

/** The name of an object that is made for an Ingress. */
export function nameOf(ingress: string, suffix: string | undefined): string {
  return suffix === undefined ? ingress : `${ingress}-${suffix}`;
}
