import type { Routes } from '../routing';
import { Acceptance } from './acceptance';
import { Comparer } from './comparer';
import type { RouteDifference, RoutingComparison, SameRoutingOptions } from './comparison';
import { sizeOf } from './requests';

/**
 * Whether two sets of manifests send every request to the same place: the proof, or the smallest request that shows a
 * difference.
 *
 * All requests are split into the finitely many classes that either side can tell apart: by scheme and port, host, path,
 * method, and the values of headers, cookies and query parameters that appear on either side, any other value, and none.
 * Each class is asked of both. Backends are the same with the same shares of namespace, Service and port; redirects with
 * the same status and a Location that leads a client to the same place; errors with the same status. What a controller
 * answers by itself where no rule is for a request counts as not found.
 *
 * A Service that neither side has among its manifests is taken as there on both, and told so: it is compared by its name.
 *
 * Without problems on both sides the answer holds for all requests but for what it names as undecided, and for these:
 * hosts and paths with control characters, headers that are not ASCII where regular expressions ask for them, cookies that
 * are not written as browsers do, and HTTPS to a host for which the one side has no certificate and that the other side
 * does not serve over HTTPS at all.
 *
 * @throws RangeError for what is accepted and no name of a difference, and for a host that is none
 * @example
 * const { same, difference } = sameRouting(Routes.ofIngressNginx(before), Routes.ofIngressNginx(after));
 */
export function sameRouting(
  before: Routes,
  after: Routes,
  { accept = [] }: SameRoutingOptions = {},
): RoutingComparison {
  const [one, other] = assumingAlike(before, after);
  const comparer = new Comparer(one, other, new Acceptance(accept));
  comparer.run();
  const { differences, settings, undecided, accepted, assumed, classes } = comparer;
  const isKept = settings.every(({ isAcceptable }) => isAcceptable && accept.includes('settings'));
  const same = differences.length === 0 && isKept && undecided.length === 0;
  return {
    same,
    proven: same,
    classes,
    difference: smallest(differences),
    differences,
    settings,
    undecided,
    accepted,
    assumed: [...assumed].sort(),
  };
}

/**
 * Both sides with the Services taken as there that neither has: a single file of a chart is the usual input, and two that lead to other
 * Services of the cluster are not the same for both of them being elsewhere. What one side alone lacks is missing there.
 */
export function assumingAlike(before: Routes, after: Routes): readonly [Routes, Routes] {
  const lacking = [...before.missing, ...after.missing].filter((object) => !before.has(object) && !after.has(object));
  const objects = new Set(lacking);
  return objects.size === 0 ? [before, after] : [before.assuming(objects), after.assuming(objects)];
}

function smallest(differences: readonly RouteDifference[]): RouteDifference | undefined {
  return differences.reduce<RouteDifference | undefined>(
    (best, one) => (best === undefined || sizeOf(one.request) < sizeOf(best.request) ? one : best),
    undefined,
  );
}
