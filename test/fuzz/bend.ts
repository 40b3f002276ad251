import { dump, loadAll } from 'js-yaml';
import type { Fields } from '../helpers/fields';
import type { Random } from './random';

// Manifests that are bent: their bytes, their structure, the values and names of their fields.

/** A text that was bent, and how. */
export interface Bent {
  readonly bytes: Buffer;
  readonly how: string;
}

const BYTES = [0x00, 0x07, 0x0a, 0x0d, 0x09, 0x20, 0x22, 0x26, 0x2a, 0x2d, 0x3a, 0x5b, 0x7b, 0x7f, 0x80, 0xc3, 0xff];
const LINES = [
  '---',
  '...',
  '%YAML 1.1',
  '{{ .Values.x }}',
  '<<: *a',
  '&a b',
  '- -',
  '? a',
  'kind: List',
  '\t',
  '}',
  'a: &a [*a]',
];
const VALUES: readonly unknown[] = [
  ...[
    null,
    0,
    -1,
    1.5,
    65_536,
    2 ** 53,
    true,
    '',
    'text',
    '\u0000',
    '10.0.0.0/33',
    '::/0',
    '*',
    '__proto__',
    'toString',
  ],
  ...[[], {}, [null], ['text'], [[]], [{}], { a: null }, { matchLabels: 7 }, 'x'.repeat(5000), '80', 'ünï'],
];
const KEYS = ['__proto__', 'constructor', 'toString', 'spec', 'metadata', '', 'a b', 'ports', 'Name'];

/** Bends a text once to three times. */
export function bent(text: string, random: Random): Bent {
  const how: string[] = [];
  let bytes: Buffer = Buffer.from(text);
  // Once mostly: what is bent too often is refused at the first mistake, and tells nothing of the others.
  for (let left = 1 + Math.floor(random.next() ** 4 * 3); left > 0; left--) {
    const [name, bend] = random.of(BENDS);
    bytes = bend(bytes, random);
    how.push(name);
  }
  return { bytes, how: how.join(', ') };
}

const BENDS: readonly (readonly [string, (bytes: Buffer, random: Random) => Buffer])[] = [
  [
    'a byte changed',
    (bytes, random) => {
      const copy = Buffer.from(bytes);
      copy[random.below(copy.length)] = random.of(BYTES);
      return copy;
    },
  ],
  [
    'bytes cut out',
    (bytes, random) => {
      const start = random.below(bytes.length);
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 1 + random.below(40))]);
    },
  ],
  ['the end cut off', (bytes, random) => bytes.subarray(0, random.below(bytes.length))],
  [
    'a line put in',
    (bytes, random) => lines(bytes, (all) => all.splice(random.below(all.length), 0, random.of(LINES))),
  ],
  ['a line left out', (bytes, random) => lines(bytes, (all) => all.splice(random.below(all.length), 1))],
  [
    'a line indented otherwise',
    (bytes, random) =>
      lines(bytes, (all) => {
        const at = random.below(all.length);
        all[at] = random.of(['  ', '\t', ' ', '    ']) + (all[at] ?? '').trimStart();
      }),
  ],
  [
    'lines twice',
    (bytes, random) =>
      lines(bytes, (all) => {
        const at = random.below(all.length);
        all.splice(at, 0, ...all.slice(at, at + 1 + random.below(5)));
      }),
  ],
  [
    'a value of another kind',
    (bytes, random) =>
      field(bytes, random, (parent, key) => {
        parent[key] = random.of(VALUES);
      }),
  ],
  [
    'a field left out',
    (bytes, random) =>
      field(bytes, random, (parent, key) => {
        delete parent[key];
      }),
  ],
  [
    'a field misspelt',
    (bytes, random) =>
      field(bytes, random, (parent, key) => {
        if (!Array.isArray(parent)) {
          const value = parent[key];
          delete parent[key];
          Object.defineProperty(parent, random.of([...KEYS, `${key}s`, key.slice(1), key.toUpperCase()]), {
            value,
            enumerable: true,
          });
        }
      }),
  ],
  [
    'a part put elsewhere',
    (bytes, random) => {
      let part: unknown;
      const taken = field(bytes, random, (parent, key) => {
        part = parent[key];
      });
      return field(taken, random, (parent, key) => {
        parent[key] = part;
      });
    },
  ],
];

function lines(bytes: Buffer, change: (all: string[]) => void): Buffer {
  const all = bytes.toString('latin1').split('\n');
  change(all);
  return Buffer.from(all.join('\n'), 'latin1');
}

/** Changes one field of one document; a text that is no YAML any more stays as it is. */
function field(bytes: Buffer, random: Random, change: (parent: Fields, key: string) => void): Buffer {
  let documents: unknown[];
  try {
    documents = loadAll(bytes.toString());
  } catch {
    return bytes;
  }
  const places: [Fields, string][] = [];
  const visit = (value: unknown, depth: number): void => {
    if (typeof value === 'object' && value !== null && depth < 30 && places.length < 5000) {
      for (const key of Object.keys(value)) {
        places.push([value as Fields, key]);
        visit((value as Fields)[key], depth + 1);
      }
    }
  };
  visit(documents, 0);
  if (places.length === 0) {
    return bytes;
  }
  change(...random.of(places));
  try {
    return Buffer.from(documents.map((document) => dump(document ?? null, { lineWidth: 100 })).join('---\n'));
  } catch {
    return bytes;
  }
}
