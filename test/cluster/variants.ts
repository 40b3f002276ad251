import { Chart } from 'cdk8s';
import * as lib from '../../constructs';
import { CALLS } from '../constructs/wrong-values/calls';
import { STANDING } from '../constructs/wrong-values/given';
import { INTERFACES } from '../constructs/wrong-values/interfaces';
import { type Kind, publicApi } from '../constructs/wrong-values/public-api';
import { ODD_TEXT } from '../constructs/wrong-values/values';
import type { Fields } from '../helpers/fields';

// What every setting of every construct may be: values of all sorts are given to it, and those that it takes make a sheet.

const TEXTS = [
  ...['web', 'shop.example.com', '*.example.com', 'a'.repeat(63), 'a'.repeat(64), 'a.b', '1abc', '-', 'true', '0755'],
  ...['10.0.0.0/8', '10.1.2.3/32', '192.168.0.0/16', 'fd00::/8', '10.100.0.20', 'None', '203.0.113.7', '::1'],
  ...[
    '/',
    '/healthz',
    '/a b',
    '/Pfad/ä',
    'http',
    '1.2.3',
    'v1.2',
    '100m',
    '1500m',
    '1Gi',
    '0',
    'UTC',
    'HEAD',
    '^ba[rz]$',
  ],
  ...[
    'registry.example/shop:1.4',
    `web@sha256:${'a'.repeat(64)}`,
    'ops@example.com',
    'https://git.example.com/shop.git',
  ],
  ...[
    'Z1234567890',
    'eu-central-1',
    'eth.*',
    'X-Canary',
    'two words',
    'ünïcode',
    '"quoted"',
    '# no comment',
    ': colon',
  ],
];
const NUMBERS = [0, 1, 2, 5, 50, 80, 100, 443, 1000, 8080, 30_080, 32_767, 32_768, 65_535, 65_536, 86_400, 2 ** 31, -1];
const RECORDS = [
  {},
  { app: 'web' },
  { a: '' },
  { 'example.com/team': 'shop' },
  { a: 'x'.repeat(63), b: 'x'.repeat(64) },
  { a: 'two words' },
  { 'a b': 'c' },
  { a: 'true', b: '80' },
  { cpu: '1', memory: '1Gi' },
];

/** What the factories and constants of the library give, for settings that are such. */
const INSTANCES: readonly unknown[] = Object.entries(lib).flatMap(([name, value]) => {
  if (typeof value !== 'function') {
    return [];
  }
  const members = Object.getOwnPropertyNames(value).filter((key) => !/^(length|name|prototype|_)/.test(key));
  return members.flatMap((key) => {
    const member = (value as unknown as Fields)[key];
    if (typeof member !== 'function') {
      return typeof member === 'object' ? [member] : [];
    }
    const given = [
      [],
      CALLS.get(`${name}.${key}`)?.right ?? [],
      ...[...INTERFACES.values()].map(({ right }) => [right]),
    ];
    return given.flatMap((args) => attempt(() => [member.apply(value, args)]) ?? []);
  });
});

function valuesOf(kind: Kind): readonly unknown[] {
  switch (kind.of) {
    case 'text':
      return [...TEXTS, ...ODD_TEXT];
    case 'number':
      return NUMBERS;
    case 'flag':
      return [true, false];
    case 'enum':
      return kind.values;
    case 'record':
      return RECORDS;
    case 'object':
      return [INTERFACES.get(kind.name)?.right ?? {}];
    case 'instance':
      return INSTANCES;
    case 'list': {
      const entries = valuesOf(kind.entry);
      return [[], ...entries.map((entry) => [entry]), entries.slice(0, 2)];
    }
  }
}

/** A setting with a value that its construct takes, and the objects that are written then. */
export interface Variant {
  readonly name: string;
  readonly objects: readonly Fields[];
}

/** Every public setting and parameter with every value that is tried and taken; what makes no object is left out. */
export function variants(): readonly Variant[] {
  const api = publicApi();
  const fields = [...INTERFACES]
    .filter(([, { at }]) => at === undefined)
    .flatMap(([name, { use, right, instead }]) => [
      made(name, (at) => use(at, right)),
      ...(api.interfaces.get(name) ?? []).flatMap((field) =>
        valuesOf(field.kind).map((value) =>
          made(`${name}.${field.name}: ${shown(value)}`, (at) =>
            use(at, { ...(instead?.[field.name] ?? right), [field.name]: value }),
          ),
        ),
      ),
    ]);
  const calls = [...CALLS].flatMap(([name, { call, right }]) => [
    made(name, (at) => call(at, ...right)),
    ...(api.calls.get(name) ?? []).flatMap((parameter, index) =>
      valuesOf(parameter.kind).map((value) =>
        made(`${name}(${parameter.name}: ${shown(value)})`, (at) =>
          call(at, ...right.map((one, place) => (place === index ? value : one))),
        ),
      ),
    ),
  ]);
  return [...fields, ...calls].flatMap((variant) => variant ?? []);
}

function made(name: string, make: (at: Chart) => unknown): Variant | undefined {
  return attempt(() => {
    STANDING.length = 0;
    const app = new lib.NetworkingApp();
    const chart = new Chart(app, 'chart', { namespace: 'shop' });
    make(chart);
    const wrong = [app, ...STANDING].flatMap(({ node }) => node.findAll().flatMap((one) => one.node.validate()));
    const beside = STANDING.flatMap((standing) => {
      lib.NetworkingApp.normalize(standing);
      return standing.toJson() as Fields[];
    });
    const objects = [...app.manifestFiles().flatMap((file) => file.objects as Fields[]), ...beside];
    return wrong.length > 0 || objects.length === 0 ? undefined : { name, objects };
  });
}

/** What is refused by the library is no variant; the tests of wrong values ask how. */
function attempt<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function shown(value: unknown): string {
  const text = attempt(() => JSON.stringify(value)) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
