import { meets, type Operator, type Requirement, type Selector } from '../selector';

/** A requirement of a selector that labels do not meet. */
export interface Unmet {
  /** The key of the label. */
  readonly key: string;
  readonly operator: Operator;
  /** The values that are wanted, or must not be; none for `Exists` and `DoesNotExist`. */
  readonly wanted: readonly string[];
  /** The value that is there; `null` where there is no such label. */
  readonly found: string | null;
}

/** What of a selector labels do not meet. */
export function unmet(selector: Selector, labels: ReadonlyMap<string, string>): readonly Unmet[] {
  return selector.filter((requirement) => !meets(requirement, labels)).map((one) => unmetOf(one, labels));
}

function unmetOf({ key, operator, values }: Requirement, labels: ReadonlyMap<string, string>): Unmet {
  return { key, operator, wanted: [...values].sort(), found: labels.get(key) ?? null };
}

/** What is wanted, in words: `app: web`, `tier in (web, api)`, `no label debug`. */
export function wantedText({ key, operator, wanted }: Unmet): string {
  switch (operator) {
    case 'In':
      return wanted.length === 1 ? `${key}: ${shown(wanted[0] as string)}` : `${key} in (${wanted.join(', ')})`;
    case 'NotIn':
      return `${key} not in (${wanted.join(', ')})`;
    case 'Exists':
      return `a label ${key}`;
    case 'DoesNotExist':
      return `no label ${key}`;
    default:
      return `${key} ${WORDS[operator]} ${wanted[0] ?? ''}`;
  }
}

const WORDS = {
  Contains: 'with',
  StartsWith: 'beginning with',
  EndsWith: 'ending with',
  NotContains: 'without',
  NotStartsWith: 'not beginning with',
  NotEndsWith: 'not ending with',
} as const;

/** What is there instead, in words: `app: wbe`, `no label tier`. */
export function foundText({ key, found }: Unmet): string {
  return found === null ? `no label ${key}` : `${key}: ${shown(found)}`;
}

function shown(value: string): string {
  return value === '' ? '""' : value;
}

/** How far labels are from what is wanted: another value of the label is nearer than no such label. */
export function distance(all: readonly Unmet[]): number {
  return all.reduce((sum, { found }) => sum + (found === null ? 3 : 2), 0);
}
