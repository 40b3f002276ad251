import { Kept } from '../kept';
import type { Condition, Contest, Decision, Route, RouteOutcome, Rule } from '../model';
import { patternOf } from '../pattern';
import type { Sending } from './backends';
import type { HttpMatch, HttpRoute, HttpRule } from './objects';
import { type Partial, partialOf } from './partial';
import { type Entry, redirectOf } from './redirect';

/** How an implementation reads regular expressions: the whole text, as Envoy does; in a way of its own; or nobody knows whether it does. */
export type ExpressionReading = 'whole' | 'own' | 'unknown';

const AS_ENVOY = 'taken as Envoy does, which matches the whole text';
const NOTES: Readonly<Record<ExpressionReading, (source: string) => readonly string[]>> = {
  whole: () => [],
  own: (source) => [
    `the regular expression ${source} means what the implementation of the Gateway makes of it; ${AS_ENVOY}`,
  ],
  unknown: (source) => [
    `it cannot be said whether the implementation of the Gateway knows regular expressions, and what it makes of ${source}; ${AS_ENVOY}`,
  ],
};

/** What makes a request one of gRPC. */
const GRPC: readonly Condition[] = [
  { kind: 'method', method: 'POST' },
  {
    kind: 'header',
    name: 'content-type',
    value: { is: 'like', pattern: patternOf('^application/grpc(?:[+;].*)?$', true) },
  },
];

const NO_GRPC =
  'it cannot be said whether the Gateway takes the request: a GRPCRoute is for POST with a content-type of application/grpc, and others are up to the implementation';

/** Where a redirect comes from does not matter where two are compared. */
const ANY_ENTRY: Entry = { scheme: 'http', port: 80 };

/** A match of a rule, with everything that routes are made of. */
export class CompiledMatch {
  private readonly made = new Kept<readonly Route[]>();
  private readonly rules = new Kept<Rule>();
  private key: string | undefined;
  /** `null` for none; `undefined` where nobody has asked yet. */
  private part: Partial | null | undefined;

  constructor(
    readonly route: HttpRoute,
    private readonly rule: HttpRule,
    readonly match: HttpMatch,
    /** Where it stands in its rule, from 0. */
    private readonly index: number,
    private readonly sending: Sending,
    private readonly reading: ExpressionReading,
  ) {}

  /** Where it stands in its route: an earlier one has a lower number. */
  get place(): number {
    return this.rule.index * 1000 + this.index;
  }

  /** What Envoy Gateway calls it. */
  get name(): string {
    return `${this.route.key}/rule/${this.rule.index}/match/${this.index}/`;
  }

  /** The same text for two matches by which the same becomes of a request. */
  get outcomeKey(): string {
    if (this.key === undefined) {
      const { redirect, settings } = this.rule;
      const outcome = redirect === undefined ? this.sending.outcome : redirectOf(redirect, this.match, ANY_ENTRY);
      this.key = JSON.stringify([outcome, settings, this.sending.settings]);
    }
    return this.key;
  }

  /** Whether the same becomes of its requests and of those of another. */
  leadsAs(other: CompiledMatch): boolean {
    const isOneRule = this.rule === other.rule && this.rule.redirect === undefined;
    return isOneRule || this.outcomeKey === other.outcomeKey;
  }

  /** What it takes where regular expressions are found in a part of a text; `undefined` where that is the same, or never so. */
  get partial(): Partial | undefined {
    const { match, conditions, expressions } = this.match;
    if (this.reading !== 'whole' && expressions.length > 0) {
      this.part ??= partialOf(match, conditions) ?? null;
    }
    return this.part ?? undefined;
  }

  /** What two matches share that take the same requests. */
  get signature(): string {
    const { path, pathType, conditions } = this.match;
    const own = pathType === 'PathPrefix' ? path.replace(/(.)\/$/, '$1') : path;
    // Most have none, and no type of a path begins like a list.
    return conditions.length === 0
      ? `${pathType} ${own}`
      : JSON.stringify([pathType, own, conditions.map((one) => JSON.stringify(one)).sort()]);
  }

  /** Whether it takes every request of a host. */
  get takesAll(): boolean {
    const { pathType, path, conditions } = this.match;
    return pathType === 'PathPrefix' && path === '/' && conditions.length === 0;
  }

  /**
   * The routes of this match: for one of gRPC, that of its requests, and that of others.
   *
   * @param written the hostname of the HTTPRoute that is in question; empty for none
   * @param extra what else cannot be decided
   * @param contests what else may take its requests
   */
  routesFor(
    written: string,
    entry: Entry,
    extra: readonly string[],
    contests: readonly Contest[] = [],
  ): readonly Route[] {
    const place = this.rule.redirect === undefined ? '' : `${entry.scheme} ${entry.port}`;
    const contested = contests.map((one) => JSON.stringify(one));
    const key = [written, place, ...extra, ...contested].join('\n');
    return this.made.get(key, () => this.routes(written, entry, extra, contests));
  }

  private routes(
    written: string,
    entry: Entry,
    extra: readonly string[],
    contests: readonly Contest[],
  ): readonly Route[] {
    const { match, conditions, expressions } = this.match;
    const notes = expressions.flatMap((source) => NOTES[this.reading](source));
    const settings = joined(this.rule.settings, this.rule.redirect === undefined ? this.sending.settings : NOTHING);
    const own = joined(notes, this.rule.redirect === undefined ? this.sending.notes : NOTHING);
    const all = joined(own, extra);
    const route: Route = {
      path: match,
      conditions,
      decisions: [this.decision(entry)],
      rule: this.ruleFor(written),
      notes: all,
      ...(settings.length === 0 ? {} : { settings }),
      ...(contests.length === 0 ? {} : { contests }),
    };
    return this.match.grpc === undefined
      ? [route]
      : [
          { ...route, conditions: [...GRPC, ...conditions] },
          { ...route, notes: [...all, NO_GRPC] },
        ];
  }

  private decision(entry: Entry): Decision {
    const { redirect } = this.rule;
    const outcome: RouteOutcome =
      redirect === undefined ? this.sending.outcome : redirectOf(redirect, this.match, entry);
    const reason = redirect === undefined ? this.sending.reason : 'filter RequestRedirect';
    return { when: [], outcome, reason, by: undefined, rule: undefined };
  }

  private ruleFor(written: string): Rule {
    const { namespace, name, manifest } = this.route;
    const { path, pathType, at } = this.match;
    return this.rules.get(written, () => ({
      ref: { kind: manifest.kind, namespace, name, host: written === '' ? null : written, path, pathType },
      source: manifest.source,
      at,
    }));
  }
}

const NOTHING: readonly string[] = [];

/** Both lists as one; the one itself where the other is empty. */
function joined(one: readonly string[], other: readonly string[]): readonly string[] {
  return one.length === 0 ? other : other.length === 0 ? one : [...one, ...other];
}
