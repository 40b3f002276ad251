import type { Operator, Requirement } from '../../selector';

/** What a selector of Calico says, as a tree. */
export type Expression =
  | { readonly kind: 'all' | 'global' }
  | { readonly kind: 'is'; readonly key: string; readonly operator: Operator; readonly values: readonly string[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] };

/** What is wrong with a selector. */
export class SelectorError extends Error {}

const LABEL = /^[A-Za-z0-9_./-]{1,512}/;

/**
 * Reads a selector of Calico, such as `role == 'db' && !has(test)`.
 *
 * @throws SelectorError for what is none
 * @see https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors
 */
export function parseExpression(text: string): Expression {
  return new Parser(text).whole();
}

class Parser {
  private rest: string;

  constructor(text: string) {
    this.rest = text.trim();
  }

  whole(): Expression {
    if (this.rest === '') {
      return { kind: 'all' };
    }
    const expression = this.or();
    if (this.rest !== '') {
      throw this.unexpected('"&&" or "||"');
    }
    return expression;
  }

  private or(): Expression {
    const of = [this.and()];
    while (this.take('||')) {
      of.push(this.and());
    }
    return of.length === 1 ? (of[0] as Expression) : { kind: 'or', of };
  }

  private and(): Expression {
    const of = [this.operation()];
    while (this.take('&&')) {
      of.push(this.operation());
    }
    return of.length === 1 ? (of[0] as Expression) : { kind: 'and', of };
  }

  private operation(): Expression {
    if (!this.rest.startsWith('!=') && this.take('!')) {
      return { kind: 'not', of: this.operation() };
    }
    if (this.take('(')) {
      const inside = this.or();
      this.must(')');
      return inside;
    }
    for (const kind of ['all', 'global'] as const) {
      if (this.take(`${kind}(`)) {
        this.must(')');
        return { kind };
      }
    }
    if (this.take('has(')) {
      const key = this.label();
      this.must(')');
      return { kind: 'is', key, operator: 'Exists', values: [] };
    }
    const key = this.label();
    return { kind: 'is', key, ...this.comparison(key) };
  }

  private comparison(key: string): { readonly operator: Operator; readonly values: readonly string[] } {
    if (this.take('==')) {
      return { operator: 'In', values: [this.literal()] };
    }
    if (this.take('!=')) {
      return { operator: 'NotIn', values: [this.literal()] };
    }
    const words: readonly (readonly [RegExp, Operator])[] = [
      [/^contains/, 'Contains'],
      [/^starts[ \t]*with/, 'StartsWith'],
      [/^ends[ \t]*with/, 'EndsWith'],
      [/^not[ \t]*in/, 'NotIn'],
      [/^in/, 'In'],
    ];
    for (const [pattern, operator] of words) {
      const [found] = pattern.exec(this.rest) ?? [];
      if (found !== undefined) {
        this.skip(found.length);
        return { operator, values: operator === 'In' || operator === 'NotIn' ? this.set() : [this.literal()] };
      }
    }
    throw this.unexpected(`an operator behind ${key}, such as == or in`);
  }

  private set(): readonly string[] {
    this.must('{');
    const values: string[] = [];
    while (!this.take('}')) {
      values.push(this.literal());
      if (!this.take(',')) {
        this.must('}');
        break;
      }
    }
    return values;
  }

  private literal(): string {
    const [quote] = this.rest;
    const end = quote === '"' || quote === "'" ? this.rest.indexOf(quote, 1) : -1;
    if (end < 0) {
      throw this.unexpected('a text in quotes');
    }
    const value = this.rest.slice(1, end);
    this.skip(end + 1);
    return value;
  }

  private label(): string {
    const [label] = LABEL.exec(this.rest) ?? [];
    if (label === undefined) {
      throw this.unexpected('the key of a label');
    }
    this.skip(label.length);
    return label;
  }

  private take(text: string): boolean {
    const isNext = this.rest.startsWith(text);
    if (isNext) {
      this.skip(text.length);
    }
    return isNext;
  }

  private must(text: string): void {
    if (!this.take(text)) {
      throw this.unexpected(`"${text}"`);
    }
  }

  private skip(length: number): void {
    this.rest = this.rest.slice(length).trimStart();
  }

  private unexpected(wanted: string): SelectorError {
    return new SelectorError(`${this.rest === '' ? 'at its end' : `at ${JSON.stringify(this.rest)}`}, give ${wanted}`);
  }
}

/** Puts a word before every key, as Calico does with labels of namespaces and service accounts. */
export function prefixed(expression: Expression, prefix: string): Expression {
  switch (expression.kind) {
    case 'is':
      return { ...expression, key: `${prefix}${expression.key}` };
    case 'not':
      return { kind: 'not', of: prefixed(expression.of, prefix) };
    case 'and':
    case 'or':
      return { kind: expression.kind, of: expression.of.map((one) => prefixed(one, prefix)) };
    default:
      return expression;
  }
}

const OPPOSITE = new Map<Operator, Operator>([
  ['In', 'NotIn'],
  ['Exists', 'DoesNotExist'],
  ['Contains', 'NotContains'],
  ['StartsWith', 'NotStartsWith'],
  ['EndsWith', 'NotEndsWith'],
]);
for (const [operator, opposite] of [...OPPOSITE]) {
  OPPOSITE.set(opposite, operator);
}

/** So many alternatives are taken apart. */
const MOST = 512;

/**
 * The alternatives of an expression, in each of which all requirements must hold: none at all where it matches nothing.
 *
 * @throws SelectorError where they are too many
 */
export function alternatives(expression: Expression, isNegated = false): readonly (readonly Requirement[])[] {
  switch (expression.kind) {
    case 'all':
      return isNegated ? [] : [[]];
    case 'global':
      return alternatives({ kind: 'is', key: NAMESPACE, operator: 'DoesNotExist', values: [] }, isNegated);
    case 'not':
      return alternatives(expression.of, !isNegated);
    case 'is': {
      const { key, values } = expression;
      const operator = isNegated ? (OPPOSITE.get(expression.operator) as Operator) : expression.operator;
      return [[{ key, operator, values: new Set(values) }]];
    }
    default: {
      const parts = expression.of.map((one) => alternatives(one, isNegated));
      if ((expression.kind === 'or') !== isNegated) {
        return limited(parts.flat());
      }
      return parts.reduce<readonly (readonly Requirement[])[]>(
        (before, part) => limited(before.flatMap((left) => part.map((right) => [...left, ...right]))),
        [[]],
      );
    }
  }
}

function limited<Some>(list: readonly Some[]): readonly Some[] {
  if (list.length > MOST) {
    throw new SelectorError(`it comes to more than ${MOST} alternatives; make several rules of it`);
  }
  return list;
}

/** The label by which Calico knows the namespace of a pod. */
export const NAMESPACE = 'projectcalico.org/namespace';
