import type { Answer, Route, RouteOutcome, RouteRequest, Routes, VirtualHost } from '../routing';
import { parsedRequest } from '../routing/request';
import type { Acceptance } from './acceptance';
import { areAlike } from './alike';
import { attachedDifferences } from './attached';
import { classDifferences } from './classes';
import { StepsComparer, type StepsComparison, type Witness } from './compare-steps';
import type { AcceptedDifference, RouteDifference, SettingDifference, SettingSide, Undecided } from './comparison';
import { deadEndOf } from './dead-ends';
import { elsewhereUndecided } from './elsewhere';
import { type Entry, entriesOf } from './entries';
import { bySentHost, withoutForwardedHost } from './forwarded-host';
import { type HostClass, hostClasses } from './hosts';
import { MatchingRoutes } from './matching-routes';
import type { NamedDifference } from './names';
import { answerDifference, type Difference, outcomeDifference, requestDifference } from './outcomes';
import { type PathClasses, pathClasses, pathsOf } from './paths';
import { named, type Place, requestAt, requestsOf } from './place';
import { requestOf, sizeOf } from './requests';
import { rewrittenAlike } from './rewritten';
import { type End, isOpen, type Step, Steps, stepsKey } from './steps';
import { streamDifferences } from './streams';
import type { Spelling } from './upstreams';
import { type Given, Variables } from './variables';
import { sharedName, widerAnswers, widerEnds } from './wider';

const NO_ROUTES: readonly Route[] = [];

const SPELLING =
  'how rewritten paths go on that a client writes with needless escapes, dots or repeated slashes: as sent, or resolved';

const OPEN = 'each side leaves something else open';

/** Compares two sets of routes, class by class. */
export class Comparer {
  classes = 0;
  readonly differences: RouteDifference[] = [];
  readonly settings: SettingDifference[] = [];
  readonly undecided: Undecided[] = [];
  readonly assumed = new Set<string>();
  private readonly steps = new Steps();
  private readonly matching = new Map<readonly Route[], MatchingRoutes>();
  private readonly paths = new Map<readonly Route[], Map<readonly Route[], PathClasses>>();
  /** The same by what the routes say of paths: hosts often share expensive regular expressions. */
  private readonly pathsByText = new Map<string, PathClasses>();
  /** Comparisons that hold wherever the same steps are compared. */
  private readonly known = new Map<string, StepsComparison>();
  private readonly open = new Set<string>();
  private readonly found = new Map<NamedDifference, AcceptedDifference>();

  constructor(
    private readonly before: Routes,
    private readonly after: Routes,
    private readonly accept: Acceptance,
  ) {}

  private get spelling(): Spelling {
    return this.before.server === 'nginx' && this.after.server === 'nginx' ? 'exact' : 'any';
  }

  get accepted(): readonly AcceptedDifference[] {
    return [...this.found.values()];
  }

  /** Whether a side has only routes whose Gateways are not among its manifests: nothing can be said of it. */
  get isBlind(): boolean {
    return [this.before, this.after].some(
      ({ elsewhere, model }) => elsewhere.length > 0 && model.listeners.length === 0,
    );
  }

  run(): void {
    for (const what of [...this.before.assumed, ...this.after.assumed]) {
      this.assumed.add(what);
    }
    this.undecided.push(...elsewhereUndecided(this.before, this.after, this.isBlind, this.assumed));
    if (this.isBlind) {
      return;
    }
    this.compareGeneral();
    this.settings.push(...classDifferences(this.before, this.after));
    this.settings.push(...streamDifferences(this.before, this.after));
    for (const entry of entriesOf(this.before.model, this.after.model)) {
      const { classes, undecided } = hostClasses(entry.before, entry.after, (one, other) =>
        areAlike(one.routes, other.routes),
      );
      for (const host of classes) {
        this.compareHost(entry, host);
      }
      for (const what of undecided) {
        this.leaveOpen(what, requestOf(entry, classes[0]?.host ?? 'x', '/', '', []));
      }
    }
    this.settings.push(...attachedDifferences(this.before, this.after, this.assumed));
  }

  /** Notes of every answer; a request that is refused at once has no others. */
  private compareGeneral(): void {
    const request = { url: 'http://other.example/%' };
    const before = this.before.route(request).notes ?? [];
    const after = this.after.route(request).notes ?? [];
    if (before.join('\n') !== after.join('\n')) {
      this.undecided.push({ what: OPEN, request: { url: 'http://other.example/' }, before, after });
    }
    for (const note of before.filter((one) => after.includes(one))) {
      this.assumed.add(note);
    }
  }

  private compareHost(entry: Entry, host: HostClass): void {
    if (entry.scheme === 'https' && isUnserved(host)) {
      const deadEnd = deadEndOf(host, this.before, this.after);
      if (deadEnd !== undefined) {
        this.settings.push(deadEnd);
        return;
      }
      this.assumed.add(
        'HTTPS to hosts for which one side has no certificate, and which the other does not serve by HTTPS',
      );
      this.classes++;
      return;
    }
    const [before, after] = [host.before?.routes ?? NO_ROUTES, host.after?.routes ?? NO_ROUTES];
    if (areAlike(before, after)) {
      this.takeAlike(before);
      return;
    }
    const { classes, undecided } = this.pathsOf(before, after);
    for (const path of classes) {
      this.comparePath({ entry, host, path, before: this.matchingOf(before), after: this.matchingOf(after) });
    }
    for (const what of undecided) {
      this.leaveOpen(what, requestOf(entry, host.host, '/', '', []));
    }
  }

  /** Hosts with the same routes on both sides need no look at each class of paths: each decision is counted as one. */
  private takeAlike(routes: readonly Route[]): void {
    this.classes += routes.reduce((sum, { decisions }) => sum + decisions.length, routes.length === 0 ? 1 : 0);
    for (const { notes, settings = [], contests = [] } of routes) {
      for (const note of [...notes, ...settings, ...contests.map((contest) => contest.note)]) {
        this.assumed.add(note);
      }
    }
  }

  private comparePath(place: Place): void {
    const before = this.steps.of(place.before.of(place.path.path));
    const after = this.steps.of(place.after.of(place.path.path));
    const accept = this.accept.at(place.host);
    const traits = [place.path.isByCase === true, place.host.isByLabels, ...accept].join();
    const key = `${place.entry.scheme} ${traits} ${stepsKey(before)} | ${stepsKey(after)}`;
    const known = this.known.get(key);
    if (known !== undefined) {
      this.take(known, place);
      return;
    }
    const { scheme } = place.entry;
    const variables = new Variables(scheme, place.host.host, [before, after]);
    // What holds of a redirect, or of the header Host, holds here only.
    let local = variables.testsHost;
    // Looked for only where something differs.
    let wider: ReturnType<typeof widerEnds> | undefined;
    const isOfWider = (one: End, other: End) => {
      const name = sharedName(place);
      wider ??= name === undefined ? () => false : widerEnds(place, name, this.steps);
      return wider(one, other);
    };
    const comparer = new StepsComparer(variables, accept, (one, other, given) => {
      const difference = this.forwarded(one, other, given, place) ?? endDifference(one, other);
      const isWider = difference === 'otherwise' && isOfWider(one, other);
      const real = difference ?? this.byRequests(one, other, given, place);
      local ||= difference === undefined || isWider || (real !== 'otherwise' && real.includes('forwarded-host'));
      return named(real, place, isWider);
    });
    const result = comparer.compare(before, after);
    if (!local) {
      this.known.set(key, result);
    }
    this.take(result, place);
    this.openTests(before, after, variables, place);
  }

  /** How two ends differ of which one goes by X-Forwarded-Host, where they are the same by the header Host; else `undefined`. */
  private forwarded(one: End, other: End, given: readonly Given[], place: Place): Difference | undefined {
    const [here, there] = [bySentHost(one.outcome), bySentHost(other.outcome)];
    if ((here === undefined) === (there === undefined)) {
      return undefined;
    }
    const ends = [
      { ...one, outcome: here ?? one.outcome },
      { ...other, outcome: there ?? other.outcome },
    ] as const;
    const difference = endDifference(...ends) ?? this.byRequests(...ends, given, place);
    return difference === 'otherwise' ? undefined : ['forwarded-host', ...difference];
  }

  /** How two ends differ for the requests of a place that may show it; what is not proven by that is left open. */
  private byRequests(
    { outcome: before }: End,
    { outcome: after }: End,
    given: readonly Given[],
    place: Place,
  ): Difference {
    const requests = [...requestsOf(place, given)];
    const difference = requests
      .map(parsedRequest)
      .reduce<Difference>(
        (worst, request) => union(worst, requestDifference(before, after, request, this.spelling)),
        [],
      );
    if (difference !== 'otherwise' && !isSettled(before, after)) {
      if (this.spelling === 'any') {
        this.assumed.add(SPELLING);
      }
      const { path } = place.path;
      if (rewrittenAlike(before, after, [...place.before.of(path), ...place.after.of(path)])) {
        return difference;
      }
      this.leaveOpen('whether backends see the same path and host', requests[0] as RouteRequest);
    }
    return difference;
  }

  /** Counts a comparison, and makes requests of what it found. */
  private take(result: StepsComparison, place: Place): void {
    this.classes += result.classes;
    if (!result.isComplete) {
      this.leaveOpen('whether conditions that are entangled mean the same', requestAt(place, []));
    }
    if (result.witness !== undefined) {
      this.differ(result, result.witness, place);
    }
    if (result.noted !== undefined) {
      this.leaveNoted(result.noted, place);
    }
    if (result.set !== undefined) {
      this.setOtherwise(result.set, place);
    }
    for (const [name, witness] of result.accepted) {
      this.acceptOne(name, witness, place);
    }
  }

  private differ({ different, classes }: StepsComparison, witness: Witness, place: Place): void {
    const { host, path, entry } = place;
    const { difference } = witness;
    const accept = this.accept.at(host);
    for (const request of requestsOf(place, witness.given)) {
      const [before, after] = [this.before.explain(request), this.after.explain(request)];
      const real = this.differenceAt(place, request, before.answer, after.answer);
      if (real === 'otherwise' || real.some((name) => !accept.has(name))) {
        const names = difference === 'otherwise' ? [] : difference;
        const where = { host: host.text, paths: path.text, scheme: entry.scheme };
        this.differences.push({ request, before, after, ...where, different, classes, names });
        return;
      }
    }
    const request = requestAt(place, witness.given);
    this.leaveOpen('whether a difference shows, for which no request could be made', request);
  }

  private differenceAt(place: Place, request: RouteRequest, before: Answer, after: Answer): Difference {
    const name = sharedName(place);
    const isWider = name !== undefined && widerAnswers(name)(before, after);
    const difference = answerDifference(before, after, parsedRequest(request), this.spelling);
    const bare = difference === 'otherwise' ? withoutForwardedHost(request) : undefined;
    if (bare !== undefined) {
      const [one, other] = [this.before.route(bare), this.after.route(bare)];
      const rest = answerDifference(one, other, parsedRequest(bare), this.spelling);
      return rest === 'otherwise' ? rest : ['forwarded-host', ...rest];
    }
    return named(difference, place, isWider);
  }

  private acceptOne(name: NamedDifference, { given }: Witness, place: Place): void {
    const found = this.found.get(name);
    if (found !== undefined) {
      this.found.set(name, { ...found, count: found.count + 1 });
      // Looked for only where a smaller one is likely: there may be very many classes.
      if (sizeOf(requestAt(place, given)) + 1 >= sizeOf(found.request)) {
        return;
      }
    }
    for (const request of requestsOf(place, given)) {
      if (found !== undefined && sizeOf(request) >= sizeOf(found.request)) {
        continue;
      }
      const [before, after] = [this.before.explain(request), this.after.explain(request)];
      const real = this.differenceAt(place, request, before.answer, after.answer);
      if (real !== 'otherwise' && real.includes(name)) {
        const count = this.found.get(name)?.count ?? 1;
        this.found.set(name, { name, request, before, after, count });
        return;
      }
    }
  }

  private leaveNoted({ given, before, after }: Witness, place: Place): void {
    const key = JSON.stringify([before.notes, after.notes]);
    if (!this.open.has(key)) {
      this.open.add(key);
      const request = requestAt(place, given);
      this.undecided.push({ what: OPEN, request, before: before.notes, after: after.notes });
    }
  }

  private setOtherwise({ given, before, after }: Witness, place: Place): void {
    const key = JSON.stringify(['settings', before.settings, after.settings]);
    if (!this.open.has(key)) {
      this.open.add(key);
      const request = requestAt(place, given);
      const side = (routes: Routes, own: End, other: End): SettingSide => {
        const { file = '', line = 0 } = routes.explain(request).place ?? {};
        return { says: own.settings.filter((text) => !other.settings.includes(text)), file, line };
      };
      this.settings.push({
        what: 'what is done with requests on their way',
        isAcceptable: true,
        request,
        before: side(this.before, before, after),
        after: side(this.after, after, before),
      });
    }
  }

  private leaveOpen(what: string, request: RouteRequest): void {
    if (!this.open.has(what)) {
      this.open.add(what);
      this.undecided.push({ what, request, before: [what], after: [what] });
    }
  }

  /** What could not be told apart matters only where the steps are not the same on both sides. */
  private openTests(before: readonly Step[], after: readonly Step[], variables: Variables, place: Place): void {
    for (const note of before.flatMap(({ end }) => [...end.notes, ...end.told])) {
      if (after.some(({ end }) => end.notes.includes(note) || end.told.includes(note))) {
        this.assumed.add(note);
      }
    }
    if (stepsKey(before) === stepsKey(after)) {
      return;
    }
    const tests = [...before, ...after].flatMap((step) => step.tests).filter(({ condition }) => isOpen(condition));
    const sources = tests.flatMap(({ condition }) =>
      'value' in condition && condition.value.is === 'like' ? [condition.value.pattern.source] : [],
    );
    for (const what of [
      ...variables.undecided,
      ...sources.map((source) => `what the regular expression ${source} matches`),
    ]) {
      this.leaveOpen(what, requestAt(place, []));
    }
  }

  private pathsOf(before: readonly Route[], after: readonly Route[]): PathClasses {
    let known = this.paths.get(before)?.get(after);
    if (known === undefined) {
      const key = [...new Set([...before, ...after].flatMap(pathsOf).map((path) => JSON.stringify(path)))].join('\n');
      known = this.pathsByText.get(key) ?? pathClasses(before, after, this.accept.has('path-case'));
      this.pathsByText.set(key, known);
      this.paths.set(before, (this.paths.get(before) ?? new Map()).set(after, known));
    }
    return known;
  }

  private matchingOf(routes: readonly Route[]): MatchingRoutes {
    const known = this.matching.get(routes) ?? new MatchingRoutes(routes);
    this.matching.set(routes, known);
    return known;
  }
}

/** Whether HTTPS to a host has a certificate on no side, and one side does not take it at all. */
function isUnserved({ before, after }: HostClass): boolean {
  const isBare = (one: VirtualHost | undefined, other: VirtualHost | undefined) => one === undefined && !other?.tls;
  return isBare(before, after) || isBare(after, before);
}

/** Whether two ends are the same for every request; where that depends on the request, `undefined`. */
function endDifference(before: End, after: End): Difference | undefined {
  const difference = outcomeDifference(before.outcome, after.outcome);
  return difference === 'otherwise' && before.isByItself !== after.isByItself ? ['controller-paths'] : difference;
}

/** Whether requests that are tried tell everything: of Locations with parts of the request, but not of captured ones. */
function isSettled(before: RouteOutcome, after: RouteOutcome): boolean {
  const isPlain = (outcome: RouteOutcome) =>
    outcome.kind === 'redirect' && !outcome.location.some((part) => 'group' in part);
  return isPlain(before) && isPlain(after);
}

function union(one: Difference, other: Difference): Difference {
  return one === 'otherwise' || other === 'otherwise' ? 'otherwise' : [...new Set([...one, ...other])];
}
