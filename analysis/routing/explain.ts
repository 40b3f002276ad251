import type { Answer, RouteExplanation } from './answer';
import { shortName } from './backend-name';
import { allHold, conditionText, pathMatches } from './conditions';
import { HostIndex, hostText } from './host-index';
import type {
  Condition,
  Decision,
  Listener,
  PathMatch,
  Route,
  RouteOutcome,
  RoutingModel,
  Rule,
  VirtualHost,
} from './model';
import { answerOf, outcomeNotes, shares } from './outcome';
import { type OpenRoute, PathIndex } from './path-index';
import type { Pattern } from './pattern';
import type { ParsedRequest } from './request';
import { readable } from './uri';

/** Asks a model where requests go. */
export class Router {
  private readonly hosts = new Map<Listener, HostIndex>();
  /** By the routes, which several hosts may share. */
  private readonly paths = new Map<readonly Route[], PathIndex>();

  /**
   * @param notes what is true of every answer
   * @param server whose habits with odd requests are told
   */
  constructor(
    private readonly model: RoutingModel,
    private readonly notes: readonly string[],
    private readonly server: 'nginx' | 'gateway' = 'nginx',
  ) {}

  /** Where a request goes, and why. */
  explain(request: ParsedRequest): RouteExplanation {
    return this.told(request, true);
  }

  /** Where a request goes, and the rule that takes it, without the sentences and the place, which cost most of the time. */
  answer(request: ParsedRequest): Pick<RouteExplanation, 'answer' | 'rule'> {
    return this.told(request, false);
  }

  private told(request: ParsedRequest, tellsWhy: boolean): RouteExplanation {
    const told = new Telling(request, this.notes, this.server, tellsWhy);
    const { path } = request;
    if (path === undefined) {
      const why = `${this.server === 'nginx' ? 'nginx' : 'the gateway'} refuses the path of ${request.uri}: an escape is broken, or ".." leads above the root`;
      return told.end({ kind: 'error', status: 400, why }, undefined);
    }
    const listener = this.model.listeners.find(
      ({ scheme, port }) => (scheme ?? request.scheme) === request.scheme && (port ?? request.port) === request.port,
    );
    if (listener === undefined) {
      told.say(() => `no listener takes ${request.scheme} on port ${request.port}`);
      return told.end({ kind: 'not-found' }, undefined);
    }
    const found = this.hostsOf(listener).find(request.host);
    for (const name of found.open) {
      told.doubt(`whether the host ${request.host} matches ${hostText(name)}`);
    }
    if (found.host === undefined) {
      told.say(() => `no ${this.server === 'nginx' ? 'rule' : 'listener'} has the host ${request.host}`);
      return told.end({ kind: 'not-found' }, undefined);
    }
    told.host(found.host);
    const { route, open } = this.pathsOf(found.host.routes).find(path, request);
    told.openRoutes(open, path);
    if (route === undefined) {
      told.say(() => `no path matches ${readable(path)}`);
      return told.end({ kind: 'not-found' }, undefined);
    }
    told.route(route, path);
    return told.decide(route);
  }

  private hostsOf(listener: Listener): HostIndex {
    const index = this.hosts.get(listener) ?? new HostIndex(listener.hosts);
    this.hosts.set(listener, index);
    return index;
  }

  private pathsOf(routes: readonly Route[]): PathIndex {
    const index = this.paths.get(routes) ?? new PathIndex(routes);
    this.paths.set(routes, index);
    return index;
  }
}

/** What has a place in a file. */
type Placeable = Pick<Rule, 'source' | 'at'>;

/** An explanation in the making. */
class Telling {
  private readonly because: string[] = [];
  private taken: Rule | undefined;
  private readonly notes: string[] = [];

  constructor(
    private readonly request: ParsedRequest,
    private readonly general: readonly string[],
    server: 'nginx' | 'gateway',
    private readonly tellsWhy: boolean,
  ) {
    for (const name of request.headers.keys()) {
      if (server === 'nginx' && name !== 'host' && /[^a-z0-9-]/.test(name)) {
        this.notes.push(`nginx drops the header ${name}, since its name has other than letters, digits and "-"`);
      }
    }
  }

  /** Adds a sentence to why, where that is asked for. */
  say(sentence: () => string): void {
    if (this.tellsWhy) {
      this.because.push(sentence());
    }
  }

  host(found: VirtualHost): void {
    this.say(() => whyHost(found, this.request.host));
  }

  openRoutes(open: readonly OpenRoute[], path: string): void {
    for (const { route, pattern } of open) {
      this.doubt(`whether ${readable(path)} belongs to ${ruleText(route.rule)}: ${whyOpen(pattern)}`);
    }
  }

  route({ path: match, conditions, rule, notes, settings = [], contests = [] }: Route, path: string): void {
    this.say(() => {
      const others = conditions.map((condition) => ` and ${conditionText(condition)}`).join('');
      return `path ${readable(path)} ${matchText(match)}${others}${rule === undefined ? '' : `: ${ruleText(rule)}`}`;
    });
    this.notes.push(...notes, ...settings);
    if (contests.length > 0) {
      const open = contests.filter(
        (one) => pathMatches(one.path, path) !== false && allHold(one.conditions, this.request) !== false,
      );
      this.notes.push(...new Set(open.map(({ note }) => note)));
    }
    this.taken = rule;
  }

  decide({ decisions, rule }: Route): RouteExplanation {
    for (const step of decisions) {
      const verdict = allHold(step.when, this.request);
      if (verdict === true) {
        this.say(() => step.reason);
        return this.end(step.outcome, step.rule ?? rule, step);
      }
      if (verdict !== false) {
        const [condition] = step.when as readonly [Condition];
        this.doubt(
          `whether ${conditionText(condition)}: ${whyOpen(verdict)}; if so, ${outcomeText(step.outcome)} (${step.reason})`,
        );
      }
    }
    return this.end({ kind: 'not-found' }, undefined);
  }

  doubt(what: string): void {
    this.notes.push(`it cannot be said ${what}`);
  }

  end(outcome: RouteOutcome, rule: Rule | undefined, step?: Decision): RouteExplanation {
    const notes = [...this.notes, ...outcomeNotes(outcome), ...this.general];
    const plain = answerOf(outcome, rule, this.request);
    const answer: Answer = notes.length === 0 ? plain : { ...plain, notes };
    const deciding = this.tellsWhy ? (step?.by ?? rule) : undefined;
    const place = deciding && placeOf(deciding);
    return { answer, because: this.because, rule: this.taken?.ref ?? rule?.ref, place };
  }
}

const PLACES = new WeakMap<Placeable, NonNullable<RouteExplanation['place']>>();

/** Finds a place once: it takes longer than the answer, and thousands of requests come to the same rule. */
function placeOf(deciding: Placeable): NonNullable<RouteExplanation['place']> {
  const { source, at } = deciding;
  const place = PLACES.get(deciding) ?? { file: source.file, line: source.lineOf(at) };
  PLACES.set(deciding, place);
  return place;
}

function whyHost({ name, listener }: VirtualHost, host: string): string {
  const text = hostText(name);
  if (listener !== undefined) {
    const which =
      text === null ? `, for every host: ${host}` : text === host ? `, host ${host}` : `, host ${host} matches ${text}`;
    return `listener ${listener}${which}`;
  }
  return text === null
    ? `no rule has the host ${host}; rules for every host come into play`
    : text === host
      ? `host ${host}`
      : `host ${host} matches ${text}`;
}

function whyOpen({ source, why }: Pattern): string {
  return `the regular expression ${source} has ${why}, which JavaScript does not know or takes otherwise`;
}

/** What happens, in a few words. */
export function outcomeText(outcome: RouteOutcome): string {
  switch (outcome.kind) {
    case 'backends':
      return shares(outcome.backends).map(shortName).join(' and ');
    case 'redirect':
      return `a redirect with status ${outcome.status}`;
    case 'error':
      return `status ${outcome.status}`;
    case 'not-found':
      return 'not found';
  }
}

function matchText(match: PathMatch): string {
  switch (match.kind) {
    case 'exact':
      return `is ${readable(match.path)}`;
    case 'prefix':
      return match.path === '/' ? 'is below /' : `begins with ${readable(match.path)}`;
    case 'elements':
      return match.path === '/' ? 'is below /' : `is ${readable(match.path)} or below`;
    case 'pattern':
      return `matches ${match.pattern.source}`;
  }
}

/** A rule as people call it, e.g. `Ingress shop/web, path / (Prefix)`. */
export function ruleText(rule: Rule | undefined): string {
  if (rule === undefined) {
    return 'the controller itself';
  }
  const { kind, namespace, name, path, pathType } = rule.ref;
  return `${kind} ${namespace}/${name}, path ${path} (${pathType})`;
}
