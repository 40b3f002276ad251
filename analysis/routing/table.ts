import type { RouteRow } from './answer';
import { conditionText } from './conditions';
import { outcomeText } from './explain';
import type { StreamRoute } from './gateway-api/streams';
import { hostText } from './host-index';
import { locationText } from './location';
import type { Decision, Route, RoutingModel, Rule, VirtualHost } from './model';
import { shares } from './outcome';

/**
 * All routes that manifests make, one row for each path of each host, by host and path; those of every host last.
 *
 * @param general what is true of every answer
 */
export function tableOf({ listeners }: RoutingModel, general: readonly string[]): readonly RouteRow[] {
  const rows = listeners.flatMap(({ hosts, port }) => hosts.flatMap((host) => rowsOf(host, port)));
  const key = ({ host, path, pathType }: RouteRow) => [host === null ? 1 : 0, host ?? '', path, pathType];
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ row }) => (general.length === 0 ? row : { ...row, notes: [...row.notes, ...general] }));
}

/** Connections that a Gateway passes on, as a row of the table: with their protocol in the place of the path's type. */
export function streamRow({ host, port, listener, protocol, backends, error, rule, notes }: StreamRoute): RouteRow {
  return {
    host,
    path: '',
    pathType: protocol,
    listener: `${listener}:${port}`,
    when: undefined,
    tls: protocol === 'TLS',
    httpsRedirect: undefined,
    backends,
    redirect: undefined,
    error: error === undefined ? undefined : { status: 0, why: error },
    canary: [],
    rule: { ...rule, host, path: '', pathType: protocol },
    notes,
  };
}

function rowsOf({ name, listener, tls, routes }: VirtualHost, port: number | undefined): RouteRow[] {
  // Of several routes that one rule makes, the last is the one for all of its paths.
  const byRule = new Map<Rule, Route>();
  for (const route of routes) {
    if (route.rule !== undefined) {
      byRule.set(route.rule, route);
    }
  }
  const place = { host: hostText(name), listener: listener && `${listener}:${port}`, tls };
  return [...byRule].flatMap(([rule, route]) => rowOf(place, rule, route) ?? []);
}

function rowOf(
  { host, listener, tls }: Pick<RouteRow, 'host' | 'listener' | 'tls'>,
  { ref }: Rule,
  { conditions, decisions: all, notes, settings = [], contests = [] }: Route,
): RouteRow | undefined {
  const decisions = all.filter(({ forwarded }) => forwarded === undefined);
  const last = decisions.at(-1);
  if (last === undefined || last.outcome.kind === 'not-found') {
    return undefined;
  }
  const { outcome } = last;
  const toHttps = decisions.find(isToHttps)?.outcome;
  return {
    host,
    path: ref.path,
    pathType: ref.pathType,
    listener,
    when: conditions.map(conditionText).join(' and ') || undefined,
    tls,
    httpsRedirect: toHttps?.kind === 'redirect' ? toHttps.status : undefined,
    backends: outcome.kind === 'backends' ? shares(outcome.backends) : [],
    redirect:
      outcome.kind === 'redirect' ? { status: outcome.status, location: locationText(outcome.location) } : undefined,
    error: outcome.kind === 'error' ? { status: outcome.status, why: outcome.why } : undefined,
    canary: decisions.slice(0, -1).flatMap(canaryStep),
    rule: ref,
    notes: [...notes, ...settings, ...new Set(contests.map(({ note }) => note))],
  };
}

/** Whether a decision sends plain HTTP to HTTPS, and not to the same scheme elsewhere. */
function isToHttps({ when, outcome }: Decision): boolean {
  const [start] = outcome.kind === 'redirect' ? outcome.location : [];
  return when.some(({ kind }) => kind === 'scheme') && !(start !== undefined && 'of' in start && start.of === 'scheme');
}

function canaryStep({ when, outcome }: Decision): RouteRow['canary'] {
  return outcome.kind === 'backends' ? [{ when: when.map(conditionText).join(' and '), to: outcomeText(outcome) }] : [];
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] as string | number;
    if (one !== other) {
      return one < other ? -1 : 1;
    }
  }
  return 0;
}
