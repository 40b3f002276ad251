import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import { commandLine } from './cli/command-line';
import { withDefaults } from './helpers/api-defaults';
import { filesBelow, runOffline } from './helpers/app-copy';
import { atomicFields } from './helpers/atomic';
import type { Fields } from './helpers/fields';

const root = path.join(__dirname, '..');
const dist = filesBelow(path.join(root, 'dist'));
const files = [...dist].map(([file, text]) => [file, loadAll(text) as Fields[]] as const);
const topLevel = files.filter(([file]) => !file.includes('/'));

const VARIANTS = [...dist.keys()].filter((file) => file.includes('canary-variants/'));

/** What is on a cluster at one time: every file, with one of those that hold the canary. */
const APPLIED: readonly (readonly [string, readonly string[]])[] = [
  ['the canary of the settings', applied()],
  ...VARIANTS.map((file) => [file, applied(file)] as const),
];

function applied(variant?: string): readonly string[] {
  const isReplaced = (file: string) =>
    variant?.startsWith('gateway-api/')
      ? file === 'gateway-api/shop.k8s.yaml'
      : variant !== undefined && ['canary.k8s.yaml', 'frontend-ingress.k8s.yaml'].includes(file);
  const usual = [...dist.keys()].filter((file) => !VARIANTS.includes(file) && !isReplaced(file));
  return [...usual, ...(variant === undefined ? [] : [variant])].map((file) => `dist/${file}`);
}

/** How one folder differs from another, in words. */
function differences(is: ReadonlyMap<string, string>, shouldBe: ReadonlyMap<string, string>): readonly string[] {
  const names = [...new Set([...is.keys(), ...shouldBe.keys()])].sort();
  return names.flatMap((name) => {
    const [now, then] = [is.get(name), shouldBe.get(name)];
    const what = now === undefined ? 'is missing' : then === undefined ? 'is too much' : 'differs';
    return now === then ? [] : [`dist/${name} ${what}; run npm run synth`];
  });
}

describe('dist/', () => {
  test('is what npm run synth writes', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dist-'));
    try {
      const { status, stderr } = runOffline(`npx cdk8s synth --output ${JSON.stringify(folder)}`, root);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      // What is recorded for the validation is no manifest.
      const written = [...filesBelow(folder)].filter(([name]) => name !== 'construct-metadata.json');
      expect(differences(dist, new Map(written))).toEqual([]);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  }, 60_000);

  test.each(APPLIED)('has no mistake that check finds, with %s', async (_, paths) => {
    const { status, stdout, stderr } = await commandLine(
      ['check', ...paths, '--fail-on', 'warning', '--format', 'json'],
      { cwd: root },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining('error') });
    expect(JSON.parse(stdout).counts).toEqual({ error: 0, warning: 0, info: 1 });
  });

  test('has none as a whole, with what the configuration of this repository says of its variants', async () => {
    const { status, stdout, stderr } = await commandLine(
      ['check', 'dist', '--fail-on', 'warning', '--format', 'json'],
      {
        cwd: root,
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ counts: { error: 0, warning: 0, info: 1 }, silenced: 0 });
  });

  test('has one name for the canary in all of its files, so that to apply one is to replace the other', () => {
    const canaries = files.filter(
      ([file]) => /(^|\/)(canary|canary-variants\/.*)\.k8s/.test(file) && !file.startsWith('gateway'),
    );
    const names = canaries.map(([, objects]) => objects.map(({ metadata }) => metadata.name as string).at(-1));
    expect(names.length).toBeGreaterThan(6);
    expect([...new Set(names)]).toEqual(['canary']);

    const routes = files.filter(([file]) => /^gateway-api\/(shop|canary-variants\/.*)\.k8s/.test(file));
    const routeNames = routes.map(([, objects]) =>
      objects
        .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
        .sort()
        .join(),
    );
    expect(routeNames.length).toBeGreaterThan(7);
    expect([...new Set(routeNames)]).toEqual(['HTTPRoute online-boutique,HTTPRoute online-boutique-redirect']);
  });

  test('is told apart from other folders by every file and byte', () => {
    const [now, then] = [
      new Map(Object.entries({ a: '1', b: '2', c: '3' })),
      new Map(Object.entries({ b: '2', c: '', d: '4' })),
    ];
    expect(differences(now, then)).toEqual([
      'dist/a is too much; run npm run synth',
      'dist/c differs; run npm run synth',
      'dist/d is missing; run npm run synth',
    ]);
  });

  test('holds the files of every lesson', () => {
    expect([...dist.keys()]).toEqual(
      expect.arrayContaining(['ingress-nginx.k8s.yaml', 'online-boutique.k8s.yaml', 'stars/1-open.k8s.yaml']),
    );
  });

  test('holds no private key, nor one in base64', () => {
    expect(dist.size).toBeGreaterThan(5);
    expect([...dist].filter(([, text]) => holdsKey(text)).map(([file]) => file)).toEqual([]);
  });
});

/** The words of a private key as they are, and as base64 writes them wherever they begin. */
function holdsKey(text: string): boolean {
  const words = 'PRIVATE KEY';
  const coded = [0, 1, 2].map((shift) => {
    const whole = Buffer.from(' '.repeat(shift) + words).toString('base64');
    // What other letters before or after would change is left out.
    return whole.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + words.length) * 8) / 6));
  });
  return [words, ...coded].some((part) => text.replaceAll(/\n\s+/g, '').includes(part));
}

test.each([0, 1, 2])('a private key is found %i letters into base64', (shift) => {
  const key = `${'-'.repeat(shift)}-----BEGIN EC PRIVATE KEY-----`;
  expect(holdsKey(`data:\n  tls.key: ${Buffer.from(key).toString('base64')}\n`)).toBe(true);
  expect(holdsKey(`stringData:\n  tls.key: ${key}\n`)).toBe(true);
  expect(holdsKey('kind: Secret')).toBe(false);
});

describe.each(files)('dist/%s', (_, objects) => {
  test('holds objects of Kubernetes', () => {
    expect(objects.length).toBeGreaterThan(0);
    const other = objects.filter(
      ({ apiVersion, kind, metadata }) => ![apiVersion, kind, metadata?.name].every((text) => typeof text === 'string'),
    );
    expect(other).toEqual([]);
  });

  test('has namespaces first', () => {
    const kinds = objects.map(({ kind }) => kind === 'Namespace');
    expect(kinds).toEqual([...kinds].sort((a, b) => Number(b) - Number(a)));
  });

  test('holds nothing that an API server would drop or fill in', () => {
    expect(objects.flatMap((object) => dropped(object, `${object.kind} ${object.metadata.name}`))).toEqual([]);
  });

  test('leaves out nothing that an API server fills in within what it keeps as one value', () => {
    const builtIn = objects.filter(
      ({ apiVersion }) => !/(argoproj|flagger|(gateway|policy)\.networking|tigera)/.test(apiVersion),
    );
    for (const object of builtIn) {
      const written = atomicFields(object);
      const kept = atomicFields(withDefaults(object));
      expect(new Map([...kept].filter(([path]) => written.has(path)))).toEqual(written);
    }
  });

  test('has names that a person would type', () => {
    const hashed = objects
      .map(({ metadata }) => metadata.name as string)
      .filter((name) => /[-.][0-9a-f]{8}\b/.test(name));
    expect(hashed).toEqual([]);
  });
});

/** Where an object has null, an empty list, or what only the cluster writes. */
function dropped(value: unknown, at: string): readonly string[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) {
    return [`${at}: ${value === null ? 'null' : 'an empty list'}`];
  }
  if (typeof value !== 'object') {
    return [];
  }
  const written = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'uid'];
  return Object.entries(value as Fields).flatMap(([key, inside]) => {
    const place = `${at}.${key}`;
    const live = (key === 'status' && !at.includes('.')) || (/^\w+ [^.]+\.metadata$/.test(at) && written.includes(key));
    return live ? [`${place}: written by the cluster`] : dropped(inside, place);
  });
}

test('what an API server would drop is seen', () => {
  const object = {
    metadata: { labels: null, creationTimestamp: null },
    spec: { list: [], selector: {}, status: 1 },
    status: {},
  };
  expect(dropped(object, 'Pod web')).toEqual([
    'Pod web.metadata.labels: null',
    'Pod web.metadata.creationTimestamp: written by the cluster',
    'Pod web.spec.list: an empty list',
    'Pod web.status: written by the cluster',
  ]);
});

describe('kubectl apply -f dist/', () => {
  // Groups of the API server itself: one word, or below k8s.io but for those that come as CustomResourceDefinitions.
  const builtIn = (apiVersion: string) =>
    /^(v1|(apps|autoscaling|batch|policy)\/v\d+|(admissionregistration|networking|rbac\.authorization|scheduling|storage)\.k8s\.io\/v1)$/.test(
      apiVersion,
    );

  test('needs no CustomResourceDefinitions', () => {
    const others = topLevel.flatMap(([file, objects]) =>
      objects.filter(({ apiVersion }) => !builtIn(apiVersion)).map(({ apiVersion }) => `${file}: ${apiVersion}`),
    );
    expect(topLevel.length).toBeGreaterThan(3);
    expect(others).toEqual([]);
    expect(['argoproj.io/v1alpha1', 'gateway.networking.k8s.io/v1', 'operator.tigera.io/v1'].filter(builtIn)).toEqual(
      [],
    );
  });

  test('applies no object twice', () => {
    const names = topLevel.flatMap(([, objects]) =>
      objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`),
    );
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('makes every namespace before what stands in it', () => {
    const made = new Set(['default', 'kube-system', undefined]);
    const early: string[] = [];
    for (const [file, objects] of topLevel) {
      for (const { kind, metadata } of objects) {
        if (kind === 'Namespace') {
          made.add(metadata.name);
        } else if (!made.has(metadata.namespace)) {
          early.push(`${file}: ${kind} ${metadata.namespace}/${metadata.name}`);
        }
      }
    }
    expect(early).toEqual([]);
  });
});
