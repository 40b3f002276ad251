import type { LocationPart, PathMatch, Route, RouteOutcome, Rule } from '../model';
import { patternOf } from '../pattern';
import { bytesOf, escapedPath } from '../uri';
import { decision } from './chain';
import { CLIENT_CERTIFICATE } from './client-certificates';
import type { Decisions } from './decisions';
import type { NginxLocation, NginxLocations } from './locations';
import { locationOf } from './redirects';
import { ruleOf } from './rules';
import { DEFAULT_SERVER, type Location, type Server } from './servers';
import type { Settings } from './settings';
import type { Annotated } from './upstreams';

/** Whether the controller has a certificate for a name; `unknown` where that depends on what is in it. */
export type Certificate = boolean | 'unknown';

/** Makes routes of servers. */
export class RouteCompiler {
  /** @param notesOf what manifests cannot decide of requests that a location takes */
  constructor(
    private readonly decisions: Decisions,
    private readonly settings: Settings,
    private readonly notesOf: (location: Location) => readonly string[],
  ) {}

  /**
   * The routes of a server, in the order in which nginx tries them: a redirect of the root, exact paths, regular
   * expressions, prefixes.
   */
  routes(server: Server, locations: NginxLocations, certificate: Certificate): readonly Route[] {
    const { host, refusing, doubts } = server;
    if (refusing !== undefined) {
      return [refusal(refusing, host, this.settings.annotationPrefix)];
    }
    return this.servedRoutes(host, locations, certificate).map((route) => withNotes(route, doubts));
  }

  private servedRoutes(
    host: string,
    { areRegex, locations }: NginxLocations,
    certificate: Certificate,
  ): readonly Route[] {
    const rooted = locations.find(({ location }) => location.owner?.annotations.appRoot !== undefined);
    const redirected = rooted === undefined ? [] : [appRoot(rooted.location, this.settings.annotationPrefix)];
    const own = host === DEFAULT_SERVER ? this.ownRoutes() : [];
    // A rewrite changes how all paths of its host are compared.
    const doubts = new Set(locations.flatMap(({ location }) => location.owner?.annotations.rewriteDoubt ?? []));
    const make = (all: readonly NginxLocation[], matchOf: (path: string) => PathMatch) =>
      all.map((one) => withNotes(this.route(one, matchOf(bytesOf(one.path)), certificate), doubts));
    if (areRegex) {
      const routes = make(locations, (path) => ({ kind: 'pattern', pattern: patternOf(`^${path}`, true) }));
      return [...redirected, ...routes, ...own];
    }
    const exact = locations.filter(({ isExact }) => isExact);
    const prefixes = locations.filter(({ isExact }) => !isExact);
    const exactRoutes = make(exact, (path) => ({ kind: 'exact', path }));
    const prefixRoutes = make(prefixes, (path) => ({ kind: 'prefix', path }));
    const below = own.length === 0 ? prefixRoutes : longestFirst([...prefixRoutes, ...own]);
    return [...redirected, ...slashRoutes(locations), ...exactRoutes, ...below];
  }

  private route({ location, path }: NginxLocation, match: PathMatch, certificate: Certificate): Route {
    const notes = this.notesOf(location);
    const unread = location.owner?.annotations.unread ?? [];
    return {
      path: match,
      conditions: [],
      decisions: this.decisions.of(location, path, certificate === true),
      rule: ruleOf(location),
      notes: certificate === 'unknown' ? [...notes, ...certificateNotes(location)] : notes,
      ...(unread.length === 0 ? {} : { unread }),
    };
  }

  /** What the controller answers by itself under hosts that no rule has. */
  private ownRoutes(): Route[] {
    const { healthPath } = this.settings;
    const answer = (path: string, status: number, why: string): Route => ({
      path: { kind: 'prefix', path },
      conditions: [],
      decisions: [decision([], { kind: 'error', status, why }, why)],
      rule: undefined,
      notes: [],
    });
    return [
      answer(healthPath, 200, `the controller answers its health check ${healthPath} itself`),
      answer('/nginx_status', 403, 'the controller shows /nginx_status only to itself'),
    ];
  }
}

function withNotes(route: Route, more: ReadonlySet<string>): Route {
  return more.size === 0 ? route : { ...route, notes: [...more, ...route.notes] };
}

function longestFirst(routes: readonly Route[]): readonly Route[] {
  const length = ({ path }: Route) => (path.kind === 'prefix' ? path.path.length : 0);
  return [...routes].sort((a, b) => length(b) - length(a));
}

/** The paths that nginx redirects to themselves with a slash behind, because a location of that name is passed on. */
function slashRoutes(locations: readonly NginxLocation[]): readonly Route[] {
  const paths = new Set(locations.map(({ path }) => path));
  const routes: Route[] = [];
  for (const { location, path } of locations) {
    const bare = path.slice(0, -1);
    if (!path.endsWith('/') || path === '/' || paths.has(bare)) {
      continue;
    }
    paths.add(bare);
    const relative = location.owner?.annotations.relativeRedirects === true;
    const host: LocationPart[] = relative ? [] : [{ of: 'scheme' }, { text: '://' }, { of: 'host' }];
    const target: LocationPart[] = [...host, { text: escapedPath(path) }, { of: 'query-mark' }, { of: 'query' }];
    const outcome: RouteOutcome = { kind: 'redirect', status: 301, location: target };
    const decisions = [decision([], outcome, `nginx adds the slash of ${path}`)];
    const match: PathMatch = { kind: 'exact', path: bytesOf(bare) };
    routes.push({ path: match, conditions: [], decisions, rule: ruleOf(location), notes: [] });
  }
  return routes;
}

/** The answer to whatever is asked for where clients cannot be asked for a certificate. */
function refusal({ ingress, annotations }: Annotated, host: string, annotationPrefix: string): Route {
  const why = annotations.hostAccess.refused ?? '';
  return {
    path: { kind: 'prefix', path: '/' },
    conditions: [],
    decisions: [decision([], { kind: 'error', status: 403, why }, why)],
    rule: ruleOfHost(
      ingress,
      host === DEFAULT_SERVER ? null : host,
      'Prefix',
      `${annotationPrefix}/${CLIENT_CERTIFICATE}`,
    ),
    notes: [],
  };
}

/** The rule that an annotation makes of a host. */
function ruleOfHost(
  { namespace, name, manifest }: Annotated['ingress'],
  host: string | null,
  pathType: 'Exact' | 'Prefix',
  annotation: string,
): Rule {
  return {
    ref: { kind: 'Ingress', namespace, name, host, path: '/', pathType },
    source: manifest.source,
    at: ['metadata', 'annotations', annotation],
  };
}

/** A redirect of `/`, whichever path of the Ingress asks for it. */
function appRoot({ owner, written }: Location, annotationPrefix: string): Route {
  const { ingress, annotations } = owner as Annotated;
  const { parts } = locationOf(`$scheme://$http_host${annotations.appRoot}`);
  const outcome: RouteOutcome = { kind: 'redirect', status: 302, location: parts };
  return {
    path: { kind: 'exact', path: '/' },
    conditions: [],
    decisions: [decision([], outcome, `app-root: ${annotations.appRoot}`)],
    rule: ruleOfHost(ingress, written.host ?? null, 'Exact', `${annotationPrefix}/app-root`),
    notes: [],
  };
}

function certificateNotes({ owner }: Location): readonly string[] {
  const { sslRedirect = false, forceSslRedirect = false, redirect } = owner?.annotations ?? {};
  return sslRedirect && !forceSslRedirect && redirect === undefined
    ? [
        'it cannot be said whether HTTP is redirected to HTTPS: it is if the certificate of the host is good for this alias too; taken as if it were not',
      ]
    : [];
}
