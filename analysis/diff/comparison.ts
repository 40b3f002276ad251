import type { RouteExplanation, RouteRequest } from '../routing';
import type { AcceptedName, NamedDifference } from './names';

/** Settings of `sameRouting`. */
export interface SameRoutingOptions {
  /**
   * Differences that do not count, under every host by their name, or under some by `NAME=HOST`. They are listed in the answer.
   *
   * @default - none
   */
  readonly accept?: readonly AcceptedName[];
}

/** What came of comparing two sets of routes. */
export interface RoutingComparison {
  /**
   * Whether every request goes to the same place, and no setting differs. Never where something of `undecided` may differ: one side asks for
   * a password and the other does not, or a side has only routes whose Gateways are not among its manifests.
   */
  readonly same: boolean;
  /** The same as `same`, which is a proof. */
  readonly proven: boolean;
  /** How many classes of requests the two sides tell apart together. 0 where nothing could be compared. */
  readonly classes: number;
  /** The smallest request that differs, with both answers. */
  readonly difference: RouteDifference | undefined;
  /** The smallest request of each class of hosts and paths that differs. */
  readonly differences: readonly RouteDifference[];
  /** What does not say where requests go, is not evaluated, and is not the same on both sides; accepted or not. */
  readonly settings: readonly SettingDifference[];
  /** What cannot be decided from manifests, or from regular expressions. */
  readonly undecided: readonly Undecided[];
  /** The smallest request for each difference that was accepted. */
  readonly accepted: readonly AcceptedDifference[];
  /** What was taken to be the same on both sides, since both say so without saying what it does. */
  readonly assumed: readonly string[];
}

/** A request that does not go to the same place, for all of a class of hosts and paths. */
export interface RouteDifference {
  readonly request: RouteRequest;
  readonly before: RouteExplanation;
  readonly after: RouteExplanation;
  /** The hosts of the class, e.g. `*.example.com`; `null` for those that no rule names. */
  readonly host: string | null;
  /** The paths of the class in words, e.g. `below /cart`. */
  readonly paths: string;
  readonly scheme: 'http' | 'https';
  /** How many classes of requests of these hosts and paths differ, of how many. */
  readonly different: number;
  readonly classes: number;
  /** The names of the difference, where it has some; empty for others. */
  readonly names: readonly NamedDifference[];
}

/**
 * Something that may change what becomes of requests in ways that are not evaluated, and that differs: a policy that is
 * attached, a timeout, the pods behind a Service.
 */
export interface SettingDifference {
  /** What, in words, e.g. `SecurityPolicy shop/auth, which is attached to HTTPRoute shop/web`. */
  readonly what: string;
  /** Whether it is accepted where `settings` is: not where requests or connections are lost by it. */
  readonly isAcceptable: boolean;
  /** A request that it is about; `undefined` where it is about no request of HTTP alone. */
  readonly request: RouteRequest | undefined;
  /** `undefined` where a side does not have it. */
  readonly before: SettingSide | undefined;
  readonly after: SettingSide | undefined;
}

/** What one side says, and where. */
export interface SettingSide {
  readonly says: readonly string[];
  readonly file: string;
  /** From 1; 0 where there is no line. */
  readonly line: number;
}

/** Something that stays open. */
export interface Undecided {
  /** What, in words. */
  readonly what: string;
  /** A request for which it is open. */
  readonly request: RouteRequest;
  /** What each side leaves open for it; the same on both where the comparison itself had to give up. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** A difference that was accepted. */
export interface AcceptedDifference {
  readonly name: NamedDifference;
  readonly request: RouteRequest;
  readonly before: RouteExplanation;
  readonly after: RouteExplanation;
  /** In how many classes of hosts and paths it was found. */
  readonly count: number;
}
