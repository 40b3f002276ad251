import type { Manifest } from '../../manifest';
import type { Findings } from '../problems';
import { parentsOfSets } from './listener-sets';
import type { AttachedRoute, HttpRoute } from './objects';
import { whyUnread } from './other-parents';
import { isHttpRoute, readRoute } from './read';
import { isOtherRoute, readOtherRoute } from './read-other-route';
import { readAllParents } from './read-route';

/** A route of which manifests do not tell whether, or how, it is served. */
export interface UnreadRoute {
  readonly route: AttachedRoute;
  /** The route, where it takes HTTP requests once its parent is there. */
  readonly http: HttpRoute | undefined;
  /** What it is attached to, e.g. `Gateway infra/web`. */
  readonly parent: string;
  /** Why it is left open, behind the name of the route. */
  readonly why: string;
  /** The same behind the word `its`, for a note of an answer. */
  readonly reason: string;
}

/**
 * The routes whose parents are not among the manifests or of a kind that is not read, and those of which it is not known whether these
 * take them.
 *
 * @param known the Gateways that there are, or are taken as there: `namespace/name`
 * @param unsure routes that a Gateway may take or not, and what is not known
 */
export function unreadRoutes(
  manifests: readonly Manifest[],
  known: ReadonlySet<string>,
  unsure: ReadonlyMap<Manifest, string>,
  findings: Findings,
): readonly UnreadRoute[] {
  const sets = parentsOfSets(manifests);
  // Most routes have no such parent, and nothing else of them is read.
  const unread = manifests.flatMap((manifest) => {
    const why = isRoute(manifest)
      ? [...unreadOf(readAllParents(manifest, findings, sets), known), ...unsureOf(manifest, unsure.get(manifest))]
      : [];
    return why.length === 0 ? [] : [{ manifest, why }];
  });
  const http = unread.filter(({ manifest }) => isHttpRoute(manifest));
  const others = unread.filter(({ manifest }) => !isHttpRoute(manifest));
  return [
    ...http.flatMap(({ manifest, why }) => {
      const route = readRoute(manifest, findings, sets);
      return why.map((one) => ({ ...one, route, http: route }));
    }),
    ...others.flatMap(({ manifest, why }) => {
      const route = readOtherRoute(manifest, findings, sets);
      return why.map((one) => ({ ...one, route, http: undefined }));
    }),
  ].sort((one, other) => (one.parent < other.parent ? -1 : Number(one.parent > other.parent)));
}

function isRoute(manifest: Manifest): boolean {
  return isHttpRoute(manifest) || isOtherRoute(manifest);
}

function unsureOf({ namespace = 'default' }: Manifest, why: string | undefined): readonly Why[] {
  return why === undefined
    ? []
    : [
        {
          parent: `Namespace ${namespace}`,
          why: `may be served or not: ${why}`,
          reason: `namespace is not known: ${why}`,
        },
      ];
}

type Why = Pick<UnreadRoute, 'parent' | 'why' | 'reason'>;

const ASSUME = '--assume-gateway takes it as there';

function unreadOf(
  { parents, others = [] }: Pick<AttachedRoute, 'parents' | 'others'>,
  known: ReadonlySet<string>,
): readonly Why[] {
  if (others.length === 0 && parents.every(({ key }) => known.has(key))) {
    return [];
  }
  const missing = new Set(parents.map(({ key }) => key).filter((key) => !known.has(key)));
  const gateways = [...missing].map((key): Why => {
    const reason = `Gateway ${key} is not among the manifests; ${ASSUME}`;
    const why = `is attached to the Gateway ${key}, which is not among the manifests; ${ASSUME}`;
    return { parent: `Gateway ${key}`, why, reason };
  });
  const byName = new Map(
    others.map((parent): [string, Why] => {
      const { name, isMissing, wrong } = parent;
      const why = isMissing ? 'which is not among the manifests' : wrong;
      const reason =
        why === undefined
          ? `parent ${name} is known to few implementations, and not read`
          : `parent is the ${name}, ${why}`;
      return [name, { parent: name, why: whyUnread(parent).what, reason }];
    }),
  );
  return [...gateways, ...byName.values()];
}
