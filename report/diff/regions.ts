import type { NamedDifference, RouteDifference, RouteExplanation, RouteRequest } from '../../analysis';
import { answerText } from './answer';

/** Differences of one host that are alike: whatever their path and scheme, the same becomes of them. */
export interface Region {
  /** `null` for hosts that no rule names. */
  readonly host: string | null;
  /** In words, e.g. `below /cart`. */
  readonly paths: readonly string[];
  readonly schemes: readonly ('http' | 'https')[];
  /** The smallest of their requests. */
  readonly request: RouteRequest;
  readonly before: RouteExplanation;
  readonly after: RouteExplanation;
  readonly names: readonly NamedDifference[];
  /** How many classes of requests these are. */
  readonly classes: number;
}

/** Puts differences together that a reader takes for one, by host in the order in which they were found. */
export function regionsOf(differences: readonly RouteDifference[]): readonly Region[] {
  const groups = new Map<string, [RouteDifference, ...RouteDifference[]]>();
  const hosts = [...new Set(differences.map(({ host }) => host))];
  const byHost = new Map(hosts.map((host) => [host, [] as RouteDifference[]]));
  for (const one of differences) {
    byHost.get(one.host)?.push(one);
  }
  for (const one of [...byHost.values()].flat()) {
    const key = JSON.stringify([one.host, one.names, kindOf(one.before), kindOf(one.after)]);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [one]);
    } else {
      group.push(one);
    }
  }
  return [...groups.values()].map((group) => {
    const first = group.reduce((best, one) => (partsOf(one) < partsOf(best) ? one : best));
    return {
      host: first.host,
      paths: [...new Set(group.map(({ paths }) => paths))],
      schemes: [...new Set(group.map(({ scheme }) => scheme))],
      request: first.request,
      before: first.before,
      after: first.after,
      names: first.names,
      classes: group.reduce((sum, { different }) => sum + different, 0),
    };
  });
}

/** An answer without what it takes over from the request; what a controller answers by itself counts as not found. */
function kindOf({ answer }: RouteExplanation): string {
  if (answer.outcome === 'error' && answer.rule === undefined) {
    return answerText({ outcome: 'not-found' });
  }
  return answer.outcome === 'redirect' ? `redirect ${answer.status}` : answerText(answer);
}

function partsOf({ request: { url, method, headers = {} } }: RouteDifference): number {
  return (Object.keys(headers).length + (method === undefined ? 0 : 1)) * 10_000 + url.length;
}
