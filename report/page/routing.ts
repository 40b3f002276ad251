import type { Manifest } from '../../analysis/manifest';
import type { RouteRow, Routes } from '../../analysis/routing';
import { problemLines } from '../problems';
import { routeTargets } from '../route/targets';
import { answerLines, backendText, upstreamLines } from '../route/text';

/** Who serves requests: a class of Ingresses, a Gateway, or the only one there is. */
export interface RouteTarget {
  readonly label: string;
  readonly rows: readonly RouteAnswer[];
  /** What is to be known of all of it, a sentence each. */
  readonly notes: readonly string[];
}

/** One path of one host, and where its requests go. */
export interface RouteAnswer {
  readonly host: string;
  readonly path: string;
  readonly pathType: string;
  readonly when: string;
  readonly listener: string;
  readonly tls: string;
  readonly shares: readonly { readonly label: string; readonly probability: number }[];
  /** Instead of shares: a redirect or an error. */
  readonly instead: string;
  readonly canary: readonly string[];
  readonly rule: string;
  readonly notes: readonly string[];
}

/** One request. */
export interface AskedRequest {
  readonly target: number;
  readonly method: string;
  readonly url: string;
  /** A line for each: `Name: value`. */
  readonly headers: string;
}

export interface RequestAnswer {
  readonly outcome: 'backends' | 'redirect' | 'not-found' | 'error' | 'refused';
  readonly lines: readonly string[];
  readonly shares: readonly { readonly label: string; readonly probability: number }[];
  readonly sees: readonly string[];
  readonly because: readonly string[];
  readonly place: string;
  readonly notes: readonly string[];
}

/** Knows where requests go. */
export class Requests {
  private readonly all: readonly { readonly label: string; readonly routes: Routes }[];

  constructor(manifests: readonly Manifest[]) {
    this.all = routeTargets(manifests);
  }

  /** All routes. */
  targets(): readonly RouteTarget[] {
    return this.all.map(({ label, routes }) => ({
      label,
      // Where something is wrong, no answer is known to be right.
      rows: routes.problems.length > 0 ? [] : routes.table().map(rowOf),
      notes: [
        ...problemLines([...routes.problems, ...routes.notes]),
        ...routes.elsewhere.map(({ name, why }) => `${name} ${why}`),
      ],
    }));
  }

  /** Where one request goes. */
  answer({ target, method, url, headers }: AskedRequest): RequestAnswer {
    const routes = this.all[target]?.routes;
    const given = headersOf(headers);
    const refused = (why: string): RequestAnswer => ({
      outcome: 'refused',
      lines: [why],
      shares: [],
      sees: [],
      because: [],
      place: '',
      notes: [],
    });
    if (routes === undefined) {
      return refused('there are no routes');
    }
    if (routes.problems.length > 0) {
      return refused(problemLines(routes.problems).join('; '));
    }
    if (typeof given === 'string') {
      return refused(given);
    }
    const request = { url, headers: given, ...(method === '' ? {} : { method }) };
    try {
      const { answer, because, place } = routes.explain(request);
      return {
        outcome: answer.outcome,
        lines: answerLines(answer),
        shares:
          answer.outcome === 'backends'
            ? answer.backends.map((share) => ({
                label: backendText(share, answer.rule),
                probability: share.probability,
              }))
            : [],
        sees: upstreamLines(answer, request),
        because,
        place: place === undefined ? '' : place.line > 0 ? `${place.file}:${place.line}` : place.file,
        notes: answer.notes ?? [],
      };
    } catch (error) {
      if (error instanceof RangeError) {
        return refused(error.message);
      }
      throw error;
    }
  }
}

function headersOf(text: string): Readonly<Record<string, string>> | string {
  const headers: [string, string][] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [, name, value] = /^\s*([-!#$%&'*+.^_`|~0-9A-Za-z]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      return `${JSON.stringify(line)} is no header; give Name: value, such as FOO: bar`;
    }
    headers.push([name, value]);
  }
  return Object.fromEntries(headers);
}

function rowOf(row: RouteRow): RouteAnswer {
  const { host, path, pathType, when, listener, tls, httpsRedirect, backends, redirect, error, canary, rule, notes } =
    row;
  return {
    host: host ?? '*',
    path,
    pathType,
    when: when ?? '',
    listener: listener ?? '',
    tls: `${tls ? 'yes' : 'no'}${httpsRedirect === undefined ? '' : `, HTTP redirected (${httpsRedirect})`}`,
    shares: backends.map((share) => ({ label: backendText(share, rule), probability: share.probability })),
    instead:
      redirect !== undefined
        ? `redirect ${redirect.status} to ${redirect.location}`
        : error !== undefined
          ? `${error.status === 0 ? 'nowhere' : `error ${error.status}`}: ${error.why}`
          : '',
    canary: canary.map(({ when: rule, to }) => `${to} if ${rule}`),
    rule: `${rule.kind} ${rule.namespace}/${rule.name}`,
    notes,
  };
}
