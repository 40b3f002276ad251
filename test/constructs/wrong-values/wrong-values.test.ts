import { inspect, isDeepStrictEqual } from 'node:util';
import { Chart } from 'cdk8s';
import * as lib from '../../../constructs';
import { CALLS } from './calls';
import { INTERFACES } from './interfaces';
import { type Field, publicApi } from './public-api';
import { wrongValues } from './values';

const api = publicApi();

/** Interfaces that nobody fills in to have something made: ends that constructs have, and what synthesis answers. */
const NO_SETTINGS = [
  'ClusterServicePort',
  'IAcmeGateway',
  'IClusterService',
  'IGateway',
  'INamespace',
  'IPeer',
  'IWorkload',
  'IWorkloadContainer',
  'ManifestFile',
  'WorkloadPort',
];

const SETTINGS = [...api.interfaces].filter(([name]) => !NO_SETTINGS.includes(name));
const FIELDS = SETTINGS.flatMap(([name, fields]) => fields.map((field) => [name, field.name, field] as const));
/** What takes one object of settings is asked with these. The tree that something stands in is no setting. */
const PARAMETERS = [...api.calls]
  .filter(([name, fields]) => CALLS.has(name) || fields.length > 1 || fields[0]?.kind.of !== 'object')
  .flatMap(([name, fields]) => fields.map((field, at) => [name, field.name, field, at] as const))
  .filter(([, parameter]) => parameter !== 'scope');

interface Expected {
  /** What the message calls the value. */
  readonly called?: string | undefined;
  /** What it begins with, where there is no construct. */
  readonly at?: string | undefined;
  readonly value?: unknown;
}

/** What is wrong with the way in which something is refused; nothing when it is refused as it should be. */
function faults(make: (at: Chart) => unknown, { called, at, value }: Expected): string[] {
  const chart = new Chart(new lib.NetworkingApp(), 'chart');
  const said = (fault: string) => [`${inspect(value)?.slice(0, 60)} ${fault}`];
  try {
    make(chart);
  } catch (error) {
    const { message, constructor: type } = error as Error;
    const begins = at === undefined ? /^(chart|standing)\/it:[ \n]/.test(message) : message.startsWith(at);
    const names = called === undefined || new RegExp(String.raw`(^|[^\w])${called}([^\w]|$)`).test(message);
    // A setting that is declared and that the construct has never heard of is no setting.
    const advises = /; |is missing/.test(message) && !message.includes(`${called} is not known`);
    const shows = typeof value !== 'string' || message.includes(JSON.stringify(value));
    const leaves = chart.node.findAll().length > 1;
    return type === Error && begins && names && advises && shows && !leaves
      ? []
      : said(`is refused by ${type.name}${leaves ? ', once something was made' : ''}: ${message}`);
  }
  return said('is taken');
}

const isAmong = (values: readonly unknown[] | undefined, value: unknown) =>
  (values ?? []).some((one) => isDeepStrictEqual(one, value));

describe('every public interface and call is tried', () => {
  test('interfaces of settings', () => {
    expect([...INTERFACES.keys()].sort()).toEqual(SETTINGS.map(([name]) => name).sort());
    expect(FIELDS.length).toBeGreaterThan(200);
  });

  test('factories and methods', () => {
    expect([...CALLS.keys()].sort()).toEqual([...new Set(PARAMETERS.map(([name]) => name))].sort());
  });

  test('odd values that are right are values of their fields', () => {
    const fields = new Set(FIELDS.map(([name, field]) => `${name}.${field}`));
    const fine = [...INTERFACES].flatMap(([name, use]) => Object.keys(use.fine ?? {}).map((key) => `${name}.${key}`));
    expect(fine.filter((field) => !fields.has(field))).toEqual([]);
  });
});

describe('is refused as a whole, if it is', () => {
  test.each(SETTINGS.map(([name]) => [name]))('%s', (name) => {
    const use = INTERFACES.get(name);
    const whole: unknown[] = [
      null,
      7,
      true,
      'text',
      [],
      () => ({}),
      { ...use?.right, typo: 1 },
      { ...use?.right, toString: 1 },
    ];
    const found = whole.flatMap((value) => faults((at) => use?.use(at, value), { at: use?.at, value: Object(value) }));
    expect(found).toEqual([]);
  });
});

describe('is taken if it is right:', () => {
  test.each(SETTINGS.map(([name]) => [name]))('%s', (name) => {
    const use = INTERFACES.get(name);
    const chart = new Chart(new lib.NetworkingApp(), 'chart');
    expect(() => use?.use(chart, use.right)).not.toThrow();
  });

  test.each([...CALLS])('what %s makes', (_, { right, call }) => {
    const chart = new Chart(new lib.NetworkingApp(), 'chart');
    expect(() => call(chart, ...right)).not.toThrow();
  });
});

describe('says where, what and what would be right, and makes nothing, for a wrong', () => {
  test.each(FIELDS)('%s.%s', (name, key, field) => {
    const use = INTERFACES.get(name);
    const right = use?.instead?.[key] ?? use?.right ?? {};
    const tried = valuesFor(field, use?.fine?.[key]);
    const found = tried.flatMap((value) =>
      faults((at) => use?.use(at, { ...right, [key]: value }), { called: key, at: use?.at, value }),
    );
    expect(found).toEqual([]);
    for (const value of use?.fine?.[key] ?? []) {
      expect(faults((at) => use?.use(at, { ...right, [key]: value }), { value })).toHaveLength(1);
    }
  });

  test.each(PARAMETERS)('%s: %s', (name, key, field, index) => {
    const use = CALLS.get(name);
    const given = (value: unknown) => use?.right.map((one, at) => (at === index ? value : one)) ?? [];
    const called = use?.called?.[key] ?? key;
    const found = valuesFor(field, use?.fine?.[key]).flatMap((value) =>
      faults((at) => use?.call(at, ...given(value)), { called, at: use?.at, value }),
    );
    expect(found).toEqual([]);
    for (const value of use?.fine?.[key] ?? []) {
      expect(faults((at) => use?.call(at, ...given(value)), { value })).toHaveLength(1);
    }
  });
});

describe('says what is wrong with an id that is none, for', () => {
  type Make = new (scope: Chart, id: unknown, props: object) => unknown;
  const constructs = api.constructs.filter((name) => name !== 'NetworkingApp');

  test.each(constructs.map((name) => [name]))('%s', (name) => {
    const Made = (lib as unknown as Record<string, Make>)[name] as Make;
    const right = INTERFACES.get(`${name}Props`)?.right ?? {};
    for (const id of [7, '', null, undefined, {}, 'toString', 'constructor', '__proto__']) {
      const chart = new Chart(new lib.NetworkingApp(), 'chart');
      let said: unknown;
      try {
        new Made(chart, id, right);
      } catch (error) {
        said = error;
      }
      expect(said).toMatchObject({ constructor: Error, message: expect.stringMatching(/^chart.*:.*\bid.* is .*; /s) });
      expect(chart.node.children).toEqual([]);
    }
  });
});

/** What is tried for a field: what is wrong for its kind, except for what is right there. */
function valuesFor({ kind, optional }: Field, fine: readonly unknown[] | undefined): readonly unknown[] {
  const wrong = [...wrongValues(kind), ...(optional ? [] : [undefined])];
  return wrong.filter((value) => !isAmong(fine, value));
}
