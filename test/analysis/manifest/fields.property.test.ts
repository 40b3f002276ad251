import { manifestsOf } from '../../../analysis';
import { KINDS, TYPES } from '../../../analysis/manifest/fields/table';
import fc from '../../helpers/random';

// Every known field of every kind that is read, at every depth, with a slip of one letter in its name: it is named with what was
// meant, or with all that there is where so short a name has nothing near.

interface Place {
  readonly kind: string;
  readonly path: readonly string[];
  /** The names that stand beside it. */
  readonly names: readonly string[];
}

/** All fields of a kind, each type on a way once. */
function placesOf(kind: string, root: number): Place[] {
  const seen = new Set<number>();
  const walk = (type: number, path: readonly string[]): Place[] => {
    if (seen.has(type)) {
      return [];
    }
    seen.add(type);
    const words = (TYPES[type] as string).split(' ').map((word) => word.split(':') as [string, string?]);
    const names = words.map(([name]) => name);
    return words.flatMap(([name, below]) => [
      { kind, path: [...path, name], names },
      ...(below === undefined ? [] : walk(Number(below), [...path, name])),
    ]);
  };
  return walk(root, []);
}

// What says which kind an object is and what it is called cannot be left out.
const NEEDED = new Set(['apiVersion', 'kind', 'metadata', 'metadata.name']);
const PLACES = KINDS.flatMap(([kind, type]) => placesOf(kind, type)).filter(({ path }) => !NEEDED.has(path.join('.')));

const VERSIONS = new Map([['networking.k8s.io', 'v1']]);

function objectOf({ kind, path }: Place, typed: string): object {
  const [group = '', name = ''] = kind.split('/');
  const version =
    VERSIONS.get(group) ??
    (/^argoproj|^apps\.kruise|^keda/.test(group) ? 'v1alpha1' : group.startsWith('flagger') ? 'v1beta1' : 'v1');
  const inner = [...path.slice(0, -1), typed].reduceRight<unknown>(
    (below, field) => ({ [field]: below }),
    'x',
  ) as Record<string, object>;
  return {
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind: name,
    ...inner,
    metadata: { name: 'x', ...inner.metadata },
  };
}

const slip = fc.tuple(
  fc.constantFrom('left out', 'twice', 'swapped', 'another'),
  fc.nat(),
  fc.constantFrom('q', 'x', 'Z'),
);

function slipped(name: string, [how, at, letter]: readonly [string, number, string]): string {
  const index = at % name.length;
  const [before, one = '', behind] = [name.slice(0, index), name[index], name.slice(index + 1)];
  switch (how) {
    case 'left out':
      return `${before}${behind}`;
    case 'twice':
      return `${before}${one}${one}${behind}`;
    case 'swapped':
      return `${before}${behind.slice(0, 1)}${one}${behind.slice(1)}`;
    default:
      return `${before}${letter}${behind}`;
  }
}

function checkSlip(place: Place, how: readonly [string, number, string]): void {
  const name = place.path.at(-1) as string;
  const typed = slipped(name, how);
  if (typed === '' || place.names.includes(typed) || place.path[0] === 'status') {
    return;
  }
  const { problems } = manifestsOf([objectOf(place, typed)]);
  const told = problems
    .filter(({ code }) => code === 'unknown-field')
    .map(({ message, severity }) => `${severity} ${message}`);
  const where = `${place.kind} ${place.path.join('.')} as ${typed}`;
  expect([where, told.length]).toEqual([where, 1]);
  const [, meant = ''] = /did you mean (.*)\?$/.exec(told[0] as string) ?? [];
  expect([where, told[0], meant.split(' or ').includes(name)]).toEqual([
    where,
    expect.stringMatching(/^tolerable /),
    true,
  ]);
}

test('there are fields of some thirty kinds to misspell', () => {
  expect(new Set(PLACES.map(({ kind }) => kind)).size).toBeGreaterThan(30);
  expect(PLACES.length).toBeGreaterThan(3000);
});

test('a slip in the name of any field of any kind is named with the field that was meant', () => {
  fc.assert(fc.property(fc.constantFrom(...PLACES), slip, checkSlip), {
    numRuns: process.env.NIGHTLY === '1' ? 100_000 : 3_000,
  });
});
