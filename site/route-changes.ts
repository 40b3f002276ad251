import { percent } from '../report/numbers';
import type { RouteAnswer, RouteTarget } from '../report/page/routing';

/** A row of the tables of routes that is not as it was. */
export interface RouteChange {
  readonly change: 'added' | 'removed' | 'changed';
  /** Who serves it. */
  readonly target: string;
  /** Host, path, and what else a request has to have. */
  readonly request: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The rows of tables of routes that differ. That none does is no proof that every request goes where it went: regular expressions
 * and the order of rules are proven by `cdk8s-networking diff`, not here.
 */
export function routeChanges(before: readonly RouteTarget[], after: readonly RouteTarget[]): readonly RouteChange[] {
  const [then, now] = [rowsOf(before), rowsOf(after)];
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((key): RouteChange[] => {
    const [old, current] = [then.get(key), now.get(key)];
    const { target, request } = (current ?? old) as Row;
    const texts = { before: old?.says ?? 'not there', after: current?.says ?? 'not there' };
    return texts.before === texts.after
      ? []
      : [
          {
            change: old === undefined ? 'added' : current === undefined ? 'removed' : 'changed',
            target,
            request,
            ...texts,
          },
        ];
  });
}

interface Row {
  readonly target: string;
  readonly request: string;
  readonly says: string;
}

function rowsOf(targets: readonly RouteTarget[]): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>();
  for (const { label, rows: all } of targets) {
    for (const row of all) {
      const request = requestOf(row);
      let key = JSON.stringify([label, request]);
      // Of several with the same request the first takes all; the others are told as well.
      for (let more = 2; rows.has(key); more++) {
        key = JSON.stringify([label, request, more]);
      }
      rows.set(key, { target: label, request, says: saysOf(row) });
    }
  }
  return rows;
}

function requestOf({ host, path, pathType, when, listener }: RouteAnswer): string {
  return [`${host}${path}`, pathType === '' ? '' : `(${pathType})`, when, listener]
    .filter((part) => part !== '')
    .join(' ');
}

function saysOf({ shares, instead, canary, tls, notes }: RouteAnswer): string {
  const to = shares.map(({ label, probability }) => `${percent(probability)} ${label}`);
  return [...to, instead, ...canary, `TLS ${tls}`, ...notes].filter((part) => part !== '').join(', ');
}
