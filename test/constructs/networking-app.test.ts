import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct, type IConstruct } from 'constructs';
import { NetworkingApp, type NetworkingAppProps } from '../../constructs';
import { filesBelow } from '../helpers/app-copy';

const config = (scope: Construct, name: string, namespace?: string) =>
  new k8s.KubeConfigMap(scope, name, { metadata: { name, namespace } });
const namespace = (scope: Construct, name: string) => new k8s.KubeNamespace(scope, name, { metadata: { name } });

/** The names of the objects of each file, in their order. */
const filesOf = (app: NetworkingApp) =>
  app.manifestFiles().map(({ path: file, objects }) => [file, objects.map(({ metadata }) => metadata.name).join(' ')]);

function failureOf(make: (app: NetworkingApp) => void): string {
  const app = new NetworkingApp();
  make(app);
  expect(() => app.synthYaml()).toThrow();
  try {
    app.manifestFiles();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('a chart is a file', () => {
  test('that is called as its path, and that no other chart renames', () => {
    const app = new NetworkingApp();
    config(new Chart(app, 'shop'), 'a');
    config(new Chart(new Construct(app, 'argocd'), 'root'), 'b');
    config(new Chart(app, '10'), 'c');
    const before = filesOf(app).map(([file]) => file);
    expect([...before].sort()).toEqual(['10.k8s.yaml', 'argocd/root.k8s.yaml', 'shop.k8s.yaml']);
    config(new Chart(app, 'another'), 'd');
    expect(filesOf(app).map(([file]) => file)).toEqual(expect.arrayContaining(before));
  });

  test('of its own within another chart, whose file does not repeat it', () => {
    const app = new NetworkingApp();
    const shop = new Chart(app, 'shop');
    config(shop, 'a');
    config(new Chart(shop, 'canary'), 'b');
    expect(filesOf(app)).toEqual([
      ['shop.k8s.yaml', 'a'],
      ['shop/canary.k8s.yaml', 'b'],
    ]);
  });

  test('unless it has no objects', () => {
    const app = new NetworkingApp();
    new Construct(new Chart(app, 'empty'), 'nothing');
    expect(filesOf(app)).toEqual([]);
  });
});

describe('within a file', () => {
  /** The order in which these objects are written, of a chart that is filled by `make`. */
  const orderOf = (make: (chart: Chart, app: NetworkingApp) => void) => {
    const app = new NetworkingApp();
    make(new Chart(app, 'shop'), app);
    return filesOf(app).find(([file]) => file === 'shop.k8s.yaml')?.[1];
  };

  test('namespaces come first, others as they were made', () => {
    expect(
      orderOf((chart) => {
        config(chart, 'b');
        namespace(chart, 'shop');
        config(new Construct(chart, 'part'), 'a');
        namespace(chart, 'infra');
      }),
    ).toBe('shop infra b a');
  });

  test('an object comes after what it depends on, also by way of constructs that hold both', () => {
    expect(
      orderOf((chart) => {
        const [web, data] = [new Construct(chart, 'web'), new Construct(chart, 'data')];
        config(web, 'web-1');
        config(web, 'web-2');
        config(data, 'data-1');
        web.node.addDependency(data);
        config(data, 'data-2');
      }),
    ).toBe('data-1 data-2 web-1 web-2');
  });

  test('a dependency on another file orders nothing', () => {
    expect(
      orderOf((chart, app) => {
        config(chart, 'a').node.addDependency(config(new Chart(app, 'other'), 'b'));
        config(chart, 'c');
      }),
    ).toBe('a c');
  });

  test('a dependency on what it stands in, or on what stands in it, orders nothing', () => {
    expect(
      orderOf((chart) => {
        const part = new Construct(chart, 'part');
        const inner = config(part, 'a');
        part.node.addDependency(inner);
        inner.node.addDependency(part);
        config(chart, 'b');
      }),
    ).toBe('a b');
  });

  test('a chain of 8,000 dependencies is followed to its end', () => {
    const names = Array.from({ length: 8_000 }, (_, at) => `c${at}`);
    const order = orderOf((chart) => {
      const made = names.map((name) => config(chart, name));
      made.forEach((one, at) => void (made[at + 1] && one.node.addDependency(made[at + 1] as IConstruct)));
    });
    expect(order).toBe(names.toReversed().join(' '));
  });
});

describe('fails, and writes nothing,', () => {
  test('for constructs that depend on each other, with the whole circle', () => {
    const message = failureOf((app) => {
      const chart = new Chart(app, 'shop');
      const [a, b, c] = [config(chart, 'a'), config(chart, 'b'), config(chart, 'c')];
      a.node.addDependency(b);
      b.node.addDependency(c);
      c.node.addDependency(a);
    });
    expect(message).toBe('shop/a: depends on itself: shop/a → shop/b → shop/c → shop/a');
  });

  test('for two objects of one kind, namespace and name', () => {
    const message = failureOf((app) => {
      const chart = new Chart(app, 'shop');
      config(new Construct(chart, 'one'), 'settings', 'shop');
      config(new Construct(chart, 'two'), 'settings', 'shop');
      config(new Construct(chart, 'three'), 'settings', 'infra');
    });
    expect(message).toBe('shop/two/settings: ConfigMap shop/settings is already made by shop/one/settings; rename one');
  });

  test('for one object in two charts, with the paths of both', () => {
    const message = failureOf((app) => {
      config(new Chart(app, 'one'), 'web', 'shop');
      config(new Chart(new Construct(app, 'other'), 'two'), 'web', 'shop');
      config(new Chart(app, 'three'), 'web', 'infra');
    });
    expect(message).toBe(
      'other/two/web: ConfigMap shop/web is already made by one/web, in another chart; keep one of them, or, if one chart is applied in the place of the other, name that one by NetworkingApp.alternative',
    );
  });

  test('for an object of the cluster in two charts, whatever their namespaces are', () => {
    const message = failureOf((app) => {
      for (const [id, namespace] of [
        ['one', 'a'],
        ['two', 'b'],
      ] as const) {
        new k8s.KubeClusterRole(new Chart(app, id, { namespace }), 'role', { metadata: { name: 'reader' } });
      }
    });
    expect(message).toMatch(/^two\/role: ClusterRole reader is already made by one\/role, in another chart;/);
  });

  test('but not for charts that name no namespace, which may be applied to different ones', () => {
    const app = new NetworkingApp();
    config(new Chart(app, 'one'), 'web');
    config(new Chart(app, 'two'), 'web');
    expect(app.manifestFiles()).toHaveLength(2);
  });

  test('but not for charts that are applied in the place of others', () => {
    const app = new NetworkingApp();
    config(new Chart(app, 'one'), 'web', 'shop');
    const variants = new Construct(app, 'variants');
    config(new Chart(variants, 'a'), 'web', 'shop');
    NetworkingApp.alternative(variants);
    config(new Chart(variants, 'b'), 'web', 'shop');
    const single = new Chart(app, 'single');
    config(single, 'web', 'shop');
    NetworkingApp.alternative(single);
    expect(app.manifestFiles()).toHaveLength(4);
  });

  test('for two of one name within a chart that is applied in the place of another', () => {
    const message = failureOf((app) => {
      const chart = new Chart(app, 'one');
      NetworkingApp.alternative(chart);
      config(new Construct(chart, 'a'), 'web', 'shop');
      config(new Construct(chart, 'b'), 'web', 'shop');
    });
    expect(message).toBe('one/b/web: ConfigMap shop/web is already made by one/a/web; rename one');
  });

  test('for an alternative that is no construct', () => {
    expect(() => NetworkingApp.alternative('shop' as never)).toThrow(
      new Error(
        'NetworkingApp.alternative: the construct is "shop"; give a chart, or a construct that charts stand below',
      ),
    );
  });

  test('for a chart whose id can be no name of a file', () => {
    const message = failureOf((app) => void config(new Chart(app, 'my shop'), 'a'));
    expect(message).toBe('my shop: the id of a chart names its file; use letters, digits, ".", "_" and "-"');
  });

  test('for two files that some file systems take for one', () => {
    const message = failureOf((app) => {
      config(new Chart(app, 'shop'), 'a');
      config(new Chart(app, 'Shop'), 'b');
    });
    expect(message).toBe('Shop: its file differs from that of shop in upper and lower case only; rename one');
  });

  test('for constructs that are not valid, with every problem under its path', () => {
    const message = failureOf((app) => {
      const chart = new Chart(app, 'shop');
      chart.node.addValidation({ validate: () => ['too small', 'shop: too old'] });
      new Construct(chart, 'part').node.addValidation({ validate: () => ['too loud'] });
    });
    expect(message).toBe('shop: too small\nshop: too old\nshop/part: too loud');
  });

  const OBJECT = "give an object such as { key: 'value' }";
  test.each<[unknown, string]>([
    [null, `props is null; ${OBJECT}`],
    [{ outDir: 'dist' }, 'outDir is not known; give outdir, staging, validate'],
    [{ outdir: '' }, 'outdir is ""; give a folder such as "dist"'],
    [{ staging: 7 }, 'staging is 7; give a folder such as "dist"'],
    [
      { outdir: 'dist', staging: './dist' },
      'staging is "./dist"; give a folder apart from outdir, "dist", since both are emptied',
    ],
    [
      { outdir: 'dist', staging: 'dist/new' },
      'staging is "dist/new"; give a folder apart from outdir, "dist", since both are emptied',
    ],
    [
      { outdir: 'out/dist', staging: 'out' },
      'staging is "out"; give a folder apart from outdir, "out/dist", since both are emptied',
    ],
  ])('for the settings %j', (props, message) => {
    expect(() => new NetworkingApp(props as NetworkingAppProps)).toThrow(new Error(`NetworkingApp: ${message}`));
  });

  test('but not for folders whose names begin alike', () => {
    expect(() => new NetworkingApp({ outdir: 'dist', staging: 'dist-new' })).not.toThrow();
    expect(() => new NetworkingApp({ outdir: 'dist', staging: '..dist' })).not.toThrow();
  });
});

describe('writes', () => {
  const before = process.env.CDK8S_OUTDIR;
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'networking-app-'));
    delete process.env.CDK8S_OUTDIR;
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
    if (before !== undefined) {
      process.env.CDK8S_OUTDIR = before;
    }
  });

  const outdir = () => path.join(folder, 'dist');
  const staging = () => path.join(folder, 'staging');
  const filled = (props: NetworkingAppProps, ...charts: string[]) => {
    const app = new NetworkingApp(props);
    for (const id of charts) {
      config(new Chart(app, id), 'a');
    }
    return app;
  };
  const names = (at: string) => [...filesBelow(at).keys()];

  test('its own folder, beside what stands there, when it is run by itself', () => {
    filled({ outdir: outdir(), staging: staging() }, 'old').synth();
    filled({ outdir: outdir(), staging: staging() }, 'new').synth();
    expect(names(folder)).toEqual(['dist/new.k8s.yaml', 'dist/old.k8s.yaml']);
  });

  test('the folder that cdk8s synth names, whatever its own is', () => {
    process.env.CDK8S_OUTDIR = path.join(folder, 'named');
    filled({ outdir: outdir() }, 'shop').synth();
    expect(names(folder)).toEqual(['named/shop.k8s.yaml']);
  });

  test('its own folder as a whole, once everything stands in the staging folder that cdk8s synth names', () => {
    filled({ outdir: outdir() }, 'old').synth();
    process.env.CDK8S_OUTDIR = staging();
    filled({ outdir: outdir(), staging: staging() }, 'new').synth();
    expect(names(folder)).toEqual(['dist/new.k8s.yaml', 'staging/new.k8s.yaml']);
  });

  test('nothing at all when it fails', () => {
    filled({ outdir: outdir() }, 'old').synth();
    process.env.CDK8S_OUTDIR = staging();
    const app = filled({ outdir: outdir(), staging: staging() }, 'new');
    app.node.addValidation({ validate: () => ['wrong'] });
    expect(() => app.synth()).toThrow('wrong');
    expect(names(folder)).toEqual(['dist/old.k8s.yaml']);
  });

  test('which construct made each object, when cdk8s synth asks for it', () => {
    process.env.CDK8S_RECORD_CONSTRUCT_METADATA = 'true';
    filled({ outdir: outdir() }, 'shop').synth();
    delete process.env.CDK8S_RECORD_CONSTRUCT_METADATA;
    expect(JSON.parse(fs.readFileSync(path.join(outdir(), 'construct-metadata.json'), 'utf8'))).toEqual({
      version: '1.0.0',
      // cdk8s knows bare names alone, which several objects may have.
      resources: {
        a: { path: 'shop/a' },
        'ConfigMap a': { path: 'shop/a' },
        'ConfigMap a of shop.k8s.yaml': { path: 'shop/a' },
      },
      networking: { alternatives: [] },
    });
  });
});

test('the text of all files has the namespaces first, which a later chart makes', () => {
  const app = new NetworkingApp();
  config(new Chart(app, 'a'), 'settings', 'shop');
  namespace(new Chart(app, 'b'), 'shop');
  expect(app.synthYaml().match(/kind: .*/g)).toEqual(['kind: Namespace', 'kind: ConfigMap']);
});
