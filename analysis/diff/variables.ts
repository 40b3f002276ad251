import type { Condition } from '../routing';
import { allHold } from '../routing/conditions';
import type { ParsedRequest } from '../routing/request';
import type { Step, Test } from './steps';
import { isOpen } from './steps';
import { type Examples, exampleCookies, exampleValues } from './values';

/** A part of a request. */
export type Given =
  | { readonly kind: 'method'; readonly value: string }
  /** Values in bytes. */
  | { readonly kind: 'header' | 'cookie' | 'query'; readonly name: string; readonly value: string };

/** Values that no test tells apart. */
export interface Value {
  /** What a request of the class has; `undefined` for nothing. */
  readonly given: Given | undefined;
  /** The numbers of the tests that hold. */
  readonly holding: ReadonlySet<number>;
}

/** What a name of a header, cookie or parameter has to be to be sent at all. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The parts of requests that some steps test, each with the classes of its values; those without any value first. */
export class Variables {
  /** What could not be told apart completely, in words. */
  readonly undecided: string[] = [];
  private readonly values = new Map<string, readonly Value[]>();
  private readonly tests = new Map<string, Test[]>();
  private readonly cookiesAreHeader: boolean;

  constructor(
    private readonly scheme: 'http' | 'https',
    private readonly host: string,
    lists: readonly (readonly Step[])[],
  ) {
    const tests = new Map(lists.flatMap((list) => list.flatMap((step) => step.tests)).map((test) => [test.id, test]));
    const all = [...tests.values()];
    this.cookiesAreHeader =
      all.some(({ condition }) => condition.kind === 'cookie') &&
      all.some(({ condition }) => condition.kind === 'header' && condition.name === 'cookie');
    for (const test of all) {
      const name = this.nameOf(test);
      this.tests.set(name, [...(this.tests.get(name) ?? []), test]);
    }
  }

  /** Whether a test looks at the header Host, of which each class of hosts has its own values. */
  get testsHost(): boolean {
    return this.tests.has('header host');
  }

  /** The name of what a test looks at. */
  nameOf({ condition }: Test): string {
    switch (condition.kind) {
      case 'scheme':
      case 'method':
        return condition.kind;
      case 'cookie':
        // Cookies are part of a header, which may be asked for as a whole too.
        return this.cookiesAreHeader ? 'header cookie' : `cookie ${condition.name}`;
      default:
        return `${condition.kind} ${condition.name}`;
    }
  }

  /** The classes of values of what has a name. */
  valuesOf(name: string): readonly Value[] {
    let values = this.values.get(name);
    if (values === undefined) {
      values = this.newValues(this.tests.get(name) ?? []);
      this.values.set(name, values);
    }
    return values;
  }

  private newValues(tests: readonly Test[]): readonly Value[] {
    const seen = new Set<string>();
    return this.givens(tests.map(({ condition }) => condition)).flatMap((given) => {
      const request = this.requestOf(given);
      const holding = tests.filter(({ condition }) => allHold([condition], request) === true).map(({ id }) => id);
      const key = holding.join(' ');
      if (seen.has(key)) {
        return [];
      }
      seen.add(key);
      return [{ given, holding: new Set(holding) }];
    });
  }

  private givens(conditions: readonly Condition[]): readonly (Given | undefined)[] {
    const [first] = conditions;
    if (first === undefined || first.kind === 'scheme') {
      return [undefined];
    }
    if (first.kind === 'method') {
      const named = conditions.flatMap((condition) => (condition.kind === 'method' ? [condition.method] : []));
      const other = METHODS.filter((method) => !named.includes(method)).slice(0, 1);
      const sendable = [...named, ...other].filter((method) => method !== 'GET' && /^[A-Z_-]+$/.test(method));
      return [undefined, ...sendable.map((value) => ({ kind: 'method' as const, value }))];
    }
    if (first.kind === 'header' && first.name === 'host') {
      this.undecided.push('which hosts a condition on the header Host takes');
      return [undefined];
    }
    if (first.kind !== 'query' && !TOKEN.test(first.name)) {
      return [undefined];
    }
    const { kind, name, examples } = this.examplesOf(first.kind, first.name, conditions);
    this.undecided.push(...examples.undecided.map((source) => `which values of ${kind} ${name} match ${source}`));
    return [undefined, ...examples.texts.map((value) => ({ kind, name, value }))];
  }

  private examplesOf(
    kind: 'header' | 'cookie' | 'query',
    name: string,
    conditions: readonly Condition[],
  ): { readonly kind: 'header' | 'cookie' | 'query'; readonly name: string; readonly examples: Examples } {
    const evaluated = conditions.filter((condition) => !isOpen(condition));
    if (this.cookiesAreHeader && (kind === 'cookie' || (kind === 'header' && name === 'cookie'))) {
      return { kind: 'header', name: 'cookie', examples: exampleCookies(evaluated) };
    }
    const matches = evaluated.flatMap((condition) => ('value' in condition ? [condition.value] : []));
    return { kind, name, examples: exampleValues(kind, matches) };
  }

  /** As much of a request as the tests of one variable look at. */
  private requestOf(given: Given | undefined): ParsedRequest {
    const headers = new Map([['host', this.host]]);
    if (given?.kind === 'header') {
      headers.set(given.name, given.value);
    } else if (given?.kind === 'cookie') {
      headers.set('cookie', `${given.name}=${given.value}`);
    }
    return {
      scheme: this.scheme,
      method: given?.kind === 'method' ? given.value : 'GET',
      host: this.host,
      hostHeader: this.host,
      port: 0,
      uri: '/',
      path: '/',
      query: given?.kind === 'query' ? `${encodeURIComponent(given.name)}=${encodeURIComponent(given.value)}` : '',
      hasQuery: given?.kind === 'query',
      headers,
    };
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'];
