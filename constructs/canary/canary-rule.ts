import { fields } from '../fields';
import { header, integer, oneOf, type Problems, record, shown } from '../values';
import { patternProblems } from './header-pattern';

/**
 * Which of the two sides of a blue-green deployment takes the traffic.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary
 */
export enum BlueGreen {
  /** The main service. */
  BLUE = 'blue',
  /** The canary. */
  GREEN = 'green',
}

/** Settings of a weight. */
export interface CanaryWeightOptions {
  /**
   * What the weight is a share of, from 100 to 1000000. The controller takes a lower one as 100.
   *
   * @default 100
   */
  readonly total?: number;
}

/** One rule of a chain, with its values as they were given. */
export type CanaryTerm =
  /** `always` goes to the canary, `never` to the main service, all else is left to the next rule. */
  | { readonly kind: 'header'; readonly name: string }
  /** This value goes to the canary, all else is left to the next rule. */
  | { readonly kind: 'header-value'; readonly name: string; readonly value: string }
  /** A value in which the pattern is found goes to the canary, all else is left to the next rule. */
  | { readonly kind: 'header-pattern'; readonly name: string; readonly pattern: string }
  /** As a header without value. */
  | { readonly kind: 'cookie'; readonly name: string }
  /** What no rule decided is shared out at random, request by request. */
  | { readonly kind: 'weight'; readonly weight: number; readonly options: CanaryWeightOptions };

/**
 * Who is sent to a canary: by header, by cookie, by weight, or by one after the other. A header decides before a cookie and
 * a cookie before a weight, as in ingress-nginx, so that is the order in which they are written.
 *
 * Wrong values are refused by the construct that is given the rule.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary
 *
 * @example
 *
 *   CanaryRule.header('FOO', 'bar').orCookie('beta').orWeight(5);
 */
export class CanaryRule {
  /**
   * A share of all requests, drawn anew for each.
   *
   * @param weight how many of the total, from 0; 5 is 5 % of a total of 100
   */
  public static weight(weight: number, options: CanaryWeightOptions = {}): CanaryRule {
    return new CanaryRule([{ kind: 'weight', weight, options }]);
  }

  /**
   * Requests with this header. Without `value`, "always" goes to the canary, "never" goes to the main service, and any
   * other value is left to the next rule. With `value`, that value goes to the canary and any other is left to the next
   * rule.
   *
   * @param name the name of the header: letters, digits and "-"
   * @param value the whole value: letters, digits, spaces within and "/-._~:"
   */
  public static header(name: string, value?: string): CanaryRule {
    return new CanaryRule([value === undefined ? { kind: 'header', name } : { kind: 'header-value', name, value }]);
  }

  /**
   * Requests in whose header a regular expression is found; others are left to the next rule.
   *
   * @param name the name of the header: letters, digits and "-"
   * @param pattern an expression of PCRE, found anywhere in the value unless "^" and "$" say otherwise; of letters,
   * digits and "/-._~:^$[](){}*+?|&=\", since the controller drops a pattern with other characters
   */
  public static headerPattern(name: string, pattern: string): CanaryRule {
    return new CanaryRule([{ kind: 'header-pattern', name, pattern }]);
  }

  /**
   * Requests with this cookie: "always" goes to the canary, "never" goes to the main service, and any other value is left
   * to the next rule. The controller sets no cookie; one of the two services has to.
   *
   * @param name the name of the cookie: letters, digits and "-._~"
   */
  public static cookie(name: string): CanaryRule {
    return new CanaryRule([{ kind: 'cookie', name }]);
  }

  /**
   * All requests to one side; the other can be tried out by a header that says "always" for green, which is the canary, or
   * "never" for blue, which is the main service.
   *
   * @param live the side that takes the traffic
   * @param header the name of the header
   */
  public static blueGreen(live: BlueGreen, header: string): CanaryRule {
    const rule = CanaryRule.header(header).orWeight(live === BlueGreen.GREEN ? 100 : 0);
    return new CanaryRule(rule._terms, oneOf('live', live, Object.values(BlueGreen)));
  }

  /**
   * Version A, the main service, or version B, the canary, by a cookie: "always" is B and "never" is A. Whoever has no such
   * cookie is sent to either at random, and stays there only if the service then sets it.
   *
   * @param cookie the name of the cookie
   * @param weight how many of 100 requests without the cookie go to B
   */
  public static abTestByCookie(cookie: string, weight: number = 50): CanaryRule {
    return CanaryRule.cookie(cookie).orWeight(weight);
  }

  /**
   * Version B, the canary, by the value of a header, such as the group that a gateway or an app puts there; other requests
   * go to either version at random.
   *
   * @param header the name of the header
   * @param value the value that goes to B
   * @param weight how many of 100 other requests go to B
   */
  public static abTestByHeader(header: string, value: string, weight: number = 50): CanaryRule {
    return new CanaryRule([{ kind: 'header-value', name: header, value }]).orWeight(weight);
  }

  private constructor(
    /** @internal */
    public readonly _terms: readonly CanaryTerm[],
    private readonly mistakes: Problems = [],
  ) {}

  /** Leaves what the header did not decide to a cookie. */
  public orCookie(name: string): CanaryRule {
    return this.or({ kind: 'cookie', name });
  }

  /** Leaves what header and cookie did not decide to a weight. */
  public orWeight(weight: number, options: CanaryWeightOptions = {}): CanaryRule {
    return this.or({ kind: 'weight', weight, options });
  }

  /** @internal */
  public _problems(): Problems {
    return [...this.mistakes, ...orderProblems(this._terms), ...this._terms.flatMap(termProblems)];
  }

  private or(term: CanaryTerm): CanaryRule {
    return new CanaryRule([...this._terms, term], this.mistakes);
  }
}

/** What is wrong with a rule. */
export function problems(rule: unknown): Problems {
  return rule instanceof CanaryRule
    ? rule._problems()
    : [`rule is ${shown(rule)}; give a CanaryRule such as CanaryRule.weight(5)`];
}

const DECIDERS = ['header', 'cookie', 'weight'] as const;

function deciderOf({ kind }: CanaryTerm): (typeof DECIDERS)[number] {
  return kind === 'cookie' || kind === 'weight' ? kind : 'header';
}

function orderProblems(terms: readonly CanaryTerm[]): Problems {
  const given = terms.map(deciderOf);
  return given.every((one, at) => at === 0 || DECIDERS.indexOf(one) > DECIDERS.indexOf(given[at - 1] ?? one))
    ? []
    : [`rule is ${given.join(', then ')}; give each at most once, in the order header, cookie, weight`];
}

/** Letters, digits and what else the controller's check lets through, without spaces at the ends, which HTTP drops. */
const VALUE = /^[/\-._~a-zA-Z0-9:]+( +[/\-._~a-zA-Z0-9:]+)*$/;

/** What is wrong with the value of a header that is compared. */
export function headerValue(what: string, value: unknown): Problems {
  return matching(what, value, VALUE, 'letters, digits, spaces within and / - . _ ~ :');
}

function termProblems(term: CanaryTerm): Problems {
  switch (term.kind) {
    case 'header':
      return header('header', term.name);
    case 'header-value':
      return [...header('header', term.name), ...headerValue('header value', term.value)];
    case 'header-pattern':
      return [...header('header', term.name), ...patternProblems('header pattern', term.pattern)];
    case 'cookie':
      return matching('cookie', term.name, /^[a-zA-Z0-9._~-]+$/, 'letters, digits and - . _ ~');
    case 'weight':
      return weightProblems(term.weight, term.options);
  }
}

function matching(what: string, value: unknown, expected: RegExp, characters: string): Problems {
  return typeof value === 'string' && expected.test(value)
    ? []
    : [`${what} is ${shown(value)}; the controller takes ${characters}`];
}

const HIGHEST_TOTAL = 1_000_000;

const OPTIONS = fields({ total: (what, value) => integer(what, value, 100, HIGHEST_TOTAL) });

function weightProblems(weight: unknown, options: unknown): Problems {
  const shape = record('the options of the weight', options);
  const wrong = shape.length > 0 ? shape : OPTIONS('', options);
  const { total = 100 } = Object(options) as CanaryWeightOptions;
  return [...wrong, ...integer('weight', weight, 0, wrong.length > 0 ? HIGHEST_TOTAL : total)];
}
