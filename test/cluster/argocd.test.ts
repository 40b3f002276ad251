import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ArgoCdApps, NetworkingApp } from '../../constructs';
import { ROOT } from '../../scripts/doc-pages';
import type { Fields } from '../helpers/fields';
import fc from '../helpers/random';
import { namespaces, type Way } from './apply';
import { ARGOCD_OBJECTS, outOfSync, placed, type Watched } from './argocd';
import { apart, type Sheet } from './objects';
import { EXAMPLES, exampleApps, FILES, forms } from './sheets';
import { withArgoCd, withCluster } from './with-cluster';

// What the library writes, as Argo CD's own code takes it.

/** The files that each Application reads, as Argo CD finds them in a repository of files that say which they are. */
function filesRead(objects: readonly Fields[], files: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'repository-'));
  try {
    for (const file of files) {
      const at = path.join(root, file);
      fs.mkdirSync(path.dirname(at), { recursive: true });
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'file' }, data: { file } };
      fs.writeFileSync(at, JSON.stringify(object));
    }
    return new Map(
      [...placed(root, objects)].map(([name, { objects }]) => [name, objects.map(({ data }) => data.file)]),
    );
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}

const DIST = FILES.map(({ name }) => name);
const APPLICATIONS = new Map(
  ARGOCD_OBJECTS.filter(({ kind }) => kind === 'Application').map((one) => [one.metadata.name as string, one]),
);

/** What a person applies: the first of all Applications, and what the lessons have beside Argo CD. */
const BY_HAND = [
  ...['dist/argocd/root.k8s.yaml', 'dist/ingress-nginx.k8s.yaml'],
  ...['dist/canary-variants/', 'dist/cluster-policy/', 'dist/gateway-api/', 'dist/progressive-delivery/'],
];

withArgoCd('the Applications of dist/', () => {
  test('share no file, and leave out only what is applied by hand', () => {
    const read = [...filesRead(ARGOCD_OBJECTS, DIST).values()].flat();
    expect([...new Set(read)].sort()).toEqual([...read].sort());
    const left = DIST.filter((file) => !read.includes(file));
    expect(left.filter((file) => !BY_HAND.some((one) => file.startsWith(one)))).toEqual([]);
    expect(read.filter((file) => BY_HAND.some((one) => file.startsWith(one)))).toEqual([]);
  });

  test('bring nothing that their project does not allow', () => {
    const places = placed(ROOT, ARGOCD_OBJECTS);
    expect([...places].map(([name, { refused }]) => [name, refused])).toEqual(
      [...APPLICATIONS.keys()].map((name) => [name, []]),
    );
    expect([...places.values()].flatMap(({ objects }) => objects).length).toBeGreaterThan(80);
  });

  test('would be refused by a project that lacks a kind, a namespace or a source', () => {
    const lacking = ARGOCD_OBJECTS.map((object) => {
      const { spec } = object;
      return object.kind !== 'AppProject'
        ? object
        : {
            ...object,
            spec: {
              sourceRepos: (spec.sourceRepos as string[]).slice(0, 1),
              destinations: (spec.destinations as Fields[]).filter(({ namespace }) => namespace !== 'stars'),
              clusterResourceWhitelist: (spec.clusterResourceWhitelist as Fields[]).slice(1),
            },
          };
    });
    const refused = [...placed(ROOT, lacking).values()].flatMap((place) => place.refused);
    expect(refused).toEqual(
      expect.arrayContaining([
        'source https://docs.tigera.io/calico/charts',
        'Namespace /stars',
        'NetworkPolicy stars/default-deny',
      ]),
    );
  });
});

withArgoCd('an Application of ArgoCdApps', () => {
  const name = fc.oneof(
    fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?$/),
    // What a pattern gives a meaning to, where the construct takes it.
    fc.stringMatching(/^[a-z][ ,!{}[\]*?\\^$+()|&@#=~a-z]{1,4}$/),
  );
  const file = fc
    .tuple(fc.array(fc.constantFrom('a', 'b', 'c.d'), { maxLength: 3 }), name, fc.constantFrom('yaml', 'yml', 'json'))
    .map(([folders, one, extension]) => [...folders, `${one}.${extension}`].join('/'));

  /** The Applications of these files, two of them for each; none, where the construct refuses one. */
  function applicationsOf(mine: string[], others: string[], folder: string): readonly Fields[] {
    const app = new NetworkingApp();
    const apps = [
      { name: 'mine', files: mine },
      { name: 'others', files: others },
    ];
    try {
      new ArgoCdApps(app, 'argocd', { repoUrl: 'https://git.example.com/shop.git', path: folder, apps });
    } catch {
      return [];
    }
    return app.manifestFiles()[0]?.objects ?? [];
  }

  test('reads the files that it was given and no others, whatever they are called', () => {
    let odd = 0;
    fc.assert(
      fc.property(
        fc.constantFrom('.', 'dist', 'deploy/dist'),
        fc.uniqueArray(file, { minLength: 3, maxLength: 10 }),
        fc.integer({ min: 1, max: 4 }),
        (folder, files, count) => {
          const mine = files.slice(0, Math.min(count, files.length - 2));
          const others = files.slice(mine.length, -1);
          const objects = applicationsOf(mine, others, folder);
          fc.pre(objects.length > 0);
          odd += files.some((one) => /[^\w./-]/.test(one)) ? 1 : 0;
          const inRepository = (one: string) => path.posix.join(folder, one);
          const read = filesRead(objects, files.map(inRepository));
          expect([...(read.get('mine') ?? [])].sort()).toEqual(mine.map(inRepository).sort());
          expect([...(read.get('others') ?? [])].sort()).toEqual(others.map(inRepository).sort());
        },
      ),
      { numRuns: 60 },
    );
    expect(odd).toBeGreaterThan(0);
  });
});

/** The files of dist/, each with the Application that reads it. */
function watchedFiles(): readonly Watched[] {
  const owners = new Map(
    [...filesRead(ARGOCD_OBJECTS, DIST)].flatMap(([name, files]) => files.map((file) => [file, name] as const)),
  );
  return FILES.map((sheet) => ({ ...sheet, application: APPLICATIONS.get(owners.get(sheet.name) ?? '') }));
}

/** Made once, since packages are installed for it. */
let apps: ReturnType<typeof exampleApps> | undefined;

describe.each<Way>(['client-side', 'server-side'])('synced %s', (way) => {
  withCluster(`an API server for Argo CD, ${way}`, (cluster) => {
    /** What Argo CD would show OutOfSync of some sheets. */
    const found = async (sheets: readonly Watched[]) => {
      await namespaces(
        cluster(),
        sheets.flatMap(({ objects }) => objects),
      );
      const count = sheets.reduce((sum, { objects }) => sum + objects.length, 0);
      process.stderr.write(`${count} objects are compared by Argo CD, ${way}\n`);
      return outOfSync(cluster(), sheets, way);
    };
    const inNamespaces = (sheets: readonly Sheet[]) => [apart(sheets)];

    test('what is another on the cluster, or what a server fills in, is seen', async () => {
      const metadata = (name: string) => ({ name, namespace: `faults-${way}` });
      const deployment = (name: string, container: object): Fields => ({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: metadata(name),
        spec: {
          selector: { matchLabels: { app: name } },
          template: {
            metadata: { labels: { app: name } },
            spec: { containers: [{ name: 'web', image: 'web:1', ...container }] },
          },
        },
      });
      const route: Fields = {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: metadata('bare'),
        spec: { parentRefs: [{ name: 'web' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
      };
      const faults: readonly [name: string, applied: Fields, desired: Fields][] = [
        ['another image', deployment('image', {}), deployment('image', { image: 'web:2' })],
        ['arguments that are gone', deployment('arguments', { args: ['a'] }), deployment('arguments', {})],
        ['a route without what a server fills in', route, route],
      ];
      const seen = await found(
        faults.map(([name, applied, desired]) => ({ name, objects: [applied], desired: [desired] })),
      );
      const image = 'spec.template.spec.containers.0.image is "web:1", and "web:2" is expected';
      const args = 'spec.template.spec.containers.0.args is ["a"], and undefined is expected';
      const name = (fault: string) => `faults-${way}/${fault}`;
      const structuredMerge = [
        `another image: Deployment ${name('image')}: structured-merge: ${image}`,
        `arguments that are gone: Deployment ${name('arguments')}: structured-merge: ${args}`,
        expect.stringMatching(
          /^a route without .*: structured-merge: .*spec\.rules\.0\.backendRefs\.0\.weight is 1, and undefined is expected/,
        ),
      ];
      expect([...seen].sort()).toEqual(
        [
          `another image: Deployment ${name('image')}: three-way: ${image}`,
          `another image: Deployment ${name('image')}: server-side: ${image}`,
          // Asked of what another manager applied, the server leaves it; asked by what was applied last, it is gone.
          `arguments that are gone: Deployment ${name('arguments')}: ${
            way === 'client-side' ? 'three-way' : 'server-side'
          }: ${args}`,
          ...(way === 'server-side' ? structuredMerge : []),
        ].sort(),
      );
    });

    test('dist/ is never OutOfSync', async () => {
      expect(await found(watchedFiles())).toEqual([]);
    });

    test('what the examples of docs/ make is never OutOfSync', async () => {
      expect(await found(inNamespaces(EXAMPLES))).toEqual([]);
    });

    test('what the apps of examples/ write is never OutOfSync', async () => {
      apps ??= exampleApps();
      expect(await found(apps)).toEqual([]);
    });

    test('what the settings of the constructs make is never OutOfSync', async () => {
      expect(await found(inNamespaces(forms()))).toEqual([]);
    });
  });
});
