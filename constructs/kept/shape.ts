import { canonicalQuantity, quantity } from '../quantity';

/** What an API server makes of the fields of one type of Kubernetes. Lists are looked at entry by entry. */
export interface Shape {
  /** Fields that it leaves out where they are false, 0 or empty, since they can't be told from what is not there. */
  readonly zero?: readonly string[];
  /** Maps of free keys, which it leaves out where they are empty; any other empty object says something. */
  readonly maps?: readonly string[];
  /** Maps of quantities, which it leaves out where they are empty. */
  readonly amounts?: readonly string[];
  /** Fields that are a quantity themselves. */
  readonly amount?: readonly string[];
  /** What it fills in within a value that it keeps whole: left out, another client would be told of a conflict. */
  readonly filled?: Readonly<Record<string, unknown>>;
  /** The types of its fields. */
  readonly parts?: Readonly<Record<string, Shape>>;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * A value as an API server keeps it. Nothing is moved: what is left stands in its order, and what is added stands where an
 * alphabet would have it.
 */
export function kept(value: unknown, shape: Shape): unknown {
  if (Array.isArray(value)) {
    return value.map((entry) => kept(entry, shape));
  }
  if (!isFields(value)) {
    return value;
  }
  const fields = Object.entries(value).flatMap(([key, given]): [string, unknown][] => {
    const held = keptField(key, given, shape);
    return isNothing(key, held, shape) ? [] : [[key, held]];
  });
  for (const [key, held] of Object.entries(shape.filled ?? {})) {
    if (!fields.some(([name]) => name === key)) {
      const at = fields.findIndex(([name]) => name > key);
      fields.splice(at < 0 ? fields.length : at, 0, [key, held]);
    }
  }
  return Object.fromEntries(fields);
}

function keptField(key: string, held: unknown, shape: Shape): unknown {
  if (shape.amount?.includes(key)) {
    return keptAmount(held);
  }
  if (shape.amounts?.includes(key) && isFields(held)) {
    return Object.fromEntries(Object.entries(held).map(([resource, amount]) => [resource, keptAmount(amount)]));
  }
  return kept(held, part(shape, key));
}

/** Types of which nothing is known here may still hold lists. */
const ANY: Shape = {};

function part({ parts }: Shape, key: string): Shape {
  return parts !== undefined && Object.hasOwn(parts, key) ? (parts[key] ?? ANY) : ANY;
}

function isNothing(key: string, held: unknown, shape: Shape): boolean {
  if (held === null || held === undefined || (Array.isArray(held) && held.length === 0)) {
    return true;
  }
  const isMap = shape.maps?.includes(key) || shape.amounts?.includes(key);
  return shape.zero?.includes(key)
    ? held === false || held === 0 || held === ''
    : isMap === true && isFields(held) && Object.keys(held).length === 0;
}

function keptAmount(amount: unknown): unknown {
  const text = typeof amount === 'number' ? String(amount) : amount;
  return quantity('', text).length === 0 ? canonicalQuantity(text as string) : amount;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
