import { ApiObject, Chart, Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  type ArgoCdApp,
  ArgoCdApps,
  type ArgoCdAppsProps,
  IngressNginx,
  NetworkingApp,
  OnlineBoutique,
  StarsDemo,
} from '../../constructs';
import { crdProblems } from '../helpers/crd';
import type { Fields } from '../helpers/fields';
import { find } from '../helpers/synth';

const REPO = 'https://git.example.com/team/shop.git';
const CLUSTER = 'https://kubernetes.default.svc';

/** The files of `argocd/` for an app that `make` fills. */
function filesFor(make: (app: NetworkingApp) => Omit<ArgoCdAppsProps, 'repoUrl'>): Map<string, Fields[]> {
  const app = new NetworkingApp();
  new ArgoCdApps(app, 'argocd', { repoUrl: REPO, ...make(app) });
  return new Map(app.manifestFiles().map((file) => [file.path, file.objects]));
}

/** AppProject and Applications for an app that `make` fills. */
const appsFor = (make: (app: NetworkingApp) => Omit<ArgoCdAppsProps, 'repoUrl'>): Fields[] =>
  filesFor(make).get('argocd/apps.k8s.yaml') ?? [];

/** The Application of one app that deploys these files. */
const application = (app: Partial<ArgoCdApp>, props: Partial<ArgoCdAppsProps> = {}): Fields =>
  find(
    appsFor(() => ({ ...props, apps: [{ name: 'shop', files: ['shop.yaml'], ...app }] })),
    'Application',
    'shop',
  );

/** A chart with one ConfigMap in this namespace. */
function chartIn(scope: Construct, id: string, namespace?: string): Chart {
  const chart = new Chart(scope, id);
  new k8s.KubeConfigMap(chart, 'config', { metadata: { name: id, namespace } });
  return chart;
}

/** The app of the lessons in small: a controller, a shop, a demo in steps, a Helm chart. */
function lessons(app: NetworkingApp): Omit<ArgoCdAppsProps, 'repoUrl'> {
  const nginx = new Chart(app, 'ingress-nginx');
  new IngressNginx(nginx, 'ingress-nginx');
  const shop = new Chart(app, 'online-boutique');
  new OnlineBoutique(shop, 'online-boutique');
  const stars = new Construct(app, 'stars');
  const open = new Chart(stars, '1-open');
  new StarsDemo(open, 'stars');
  return {
    targetRevision: 'main',
    apps: [
      {
        name: 'metrics',
        helmChart: {
          repoUrl: 'https://charts.example.com',
          chart: 'metrics',
          version: '1.2.3',
          values: { replicas: 2 },
        },
        namespace: { name: 'metrics' },
        clusterResources: [{ group: 'apiregistration.k8s.io', kind: 'APIService' }],
        wave: -20,
        serverSideApply: true,
        cascadingDelete: false,
      },
      { name: 'ingress-nginx', charts: [nginx], wave: -10 },
      { name: 'online-boutique', charts: [shop] },
      { name: 'stars', charts: [open, chartIn(stars, '2-extra', 'stars')], wave: 10 },
    ],
  };
}

test('an app: project and applications in one file, the root in another', () => {
  const files = filesFor(lessons);
  const own = [...files].filter(([path]) => path.startsWith('argocd/'));
  expect(own.map(([path]) => path)).toEqual(['argocd/apps.k8s.yaml', 'argocd/root.k8s.yaml']);
  expect(Yaml.stringify(...own.flatMap(([, objects]) => objects))).toMatchSnapshot();
});

test('nothing is written that the API of Argo CD does not know or would drop', () => {
  const files = filesFor(lessons);
  for (const path of ['argocd/apps.k8s.yaml', 'argocd/root.k8s.yaml']) {
    expect(files.get(path)?.flatMap(crdProblems)).toEqual([]);
  }
});

describe('the root Application', () => {
  test('reads the file of the others and not its own', () => {
    expect(filesFor(lessons).get('argocd/root.k8s.yaml')).toEqual([
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: 'root', namespace: 'argocd' },
        spec: {
          project: 'default',
          source: {
            repoURL: REPO,
            targetRevision: 'main',
            path: 'dist/argocd',
            directory: { include: 'apps.k8s.yaml' },
          },
          destination: { server: CLUSTER, namespace: 'argocd' },
          syncPolicy: {
            automated: { prune: true, selfHeal: true },
            retry: { limit: 10, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
            syncOptions: ['CreateNamespace=false'],
          },
        },
      },
    ]);
  });

  test('stays on the cluster of Argo CD when the apps go to another', () => {
    const files = filesFor(() => ({
      apps: [{ name: 'shop', files: ['shop.yaml'] }],
      destinationServer: 'https://shop.example.com:6443',
      namespace: { name: 'gitops' },
      rootName: 'shop-root',
      rootProject: 'admins',
    }));
    const [root] = files.get('argocd/root.k8s.yaml') ?? [];
    expect(root?.metadata).toEqual({ name: 'shop-root', namespace: 'gitops' });
    expect(root?.spec.project).toBe('admins');
    expect(root?.spec.destination).toEqual({ server: CLUSTER, namespace: 'gitops' });
    const [project, shop] = files.get('argocd/apps.k8s.yaml') ?? [];
    expect(project?.spec.destinations).toEqual([{ server: 'https://shop.example.com:6443', namespace: 'default' }]);
    expect(shop?.spec.destination).toEqual({ server: 'https://shop.example.com:6443', namespace: 'default' });
    expect([project, shop].map((object) => object?.metadata.namespace)).toEqual(['gitops', 'gitops']);
  });

  test('is named by the construct for the one command that starts it all', () => {
    const argocd = new ArgoCdApps(new NetworkingApp(), 'argocd', {
      repoUrl: REPO,
      apps: [{ name: 'shop', files: ['shop.yaml'] }],
    });
    expect(argocd.rootFile).toBe('argocd/root.k8s.yaml');
  });
});

describe('an Application', () => {
  test('of a chart reads the one file that the chart writes', () => {
    expect(find(appsFor(lessons), 'Application', 'ingress-nginx')).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name: 'ingress-nginx',
        namespace: 'argocd',
        annotations: { 'argocd.argoproj.io/sync-wave': '-10' },
        finalizers: ['resources-finalizer.argocd.argoproj.io'],
      },
      spec: {
        project: 'cdk8s-networking',
        source: {
          repoURL: REPO,
          targetRevision: 'main',
          path: 'dist',
          directory: { include: 'ingress-nginx.k8s.yaml' },
        },
        destination: { server: CLUSTER, namespace: 'ingress-nginx' },
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          retry: { limit: 10, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
          syncOptions: ['CreateNamespace=false'],
        },
      },
    });
  });

  test('of several files of one folder reads that folder', () => {
    expect(find(appsFor(lessons), 'Application', 'stars').spec.source).toEqual({
      repoURL: REPO,
      targetRevision: 'main',
      path: 'dist/stars',
      directory: { include: '{1-open.k8s.yaml,2-extra.k8s.yaml}' },
    });
  });

  test.each<[string[], string, Fields]>([
    [['shop.yaml'], 'dist', { include: 'shop.yaml' }],
    [['a/b/shop.yaml'], 'dist/a/b', { include: 'shop.yaml' }],
    [['a/shop.yaml', 'a/b/cart.yaml'], 'dist/a', { include: '{b/cart.yaml,shop.yaml}', recurse: true }],
    [['a/b/shop.yaml', 'a/cart.yaml'], 'dist/a', { include: '{b/shop.yaml,cart.yaml}', recurse: true }],
    [['a/shop.yaml', 'b/cart.json'], 'dist', { include: '{a/shop.yaml,b/cart.json}', recurse: true }],
  ])('of %j reads %s', (files, path, directory) => {
    expect(application({ files }).spec.source).toEqual({ repoURL: REPO, targetRevision: 'HEAD', path, directory });
  });

  test.each([
    ['.', ['shop.yaml'], '.'],
    ['.', ['a/shop.yaml'], 'a'],
    ['deploy/dist', ['a/shop.yaml'], 'deploy/dist/a'],
  ])('below the folder %s reads %j in %s', (path, files, expected) => {
    expect(application({ files }, { path }).spec.source.path).toBe(expected);
  });

  test('of a Helm chart has the values as an object', () => {
    expect(find(appsFor(lessons), 'Application', 'metrics').spec.source).toEqual({
      repoURL: 'https://charts.example.com',
      chart: 'metrics',
      targetRevision: '1.2.3',
      helm: { valuesObject: { replicas: 2 } },
    });
  });

  test('of a Helm chart without values has no empty ones', () => {
    const helmChart = { repoUrl: 'https://charts.example.com', chart: 'metrics', version: '1.2.3', values: {} };
    expect(application({ files: undefined, helmChart }).spec.source).toEqual({
      repoURL: 'https://charts.example.com',
      chart: 'metrics',
      targetRevision: '1.2.3',
    });
  });

  test('of a Helm chart and files has two sources', () => {
    const helmChart = { repoUrl: 'registry.example.com/charts', chart: 'metrics', version: '1.2.3' };
    const { source, sources } = application({ helmChart }).spec;
    expect(source).toBeUndefined();
    expect(sources).toEqual([
      { repoURL: 'registry.example.com/charts', chart: 'metrics', targetRevision: '1.2.3' },
      { repoURL: REPO, targetRevision: 'HEAD', path: 'dist', directory: { include: 'shop.yaml' } },
    ]);
  });

  test("of wave 0 has no annotation, since that is everything's wave", () => {
    expect(application({ wave: 0 }).metadata.annotations).toBeUndefined();
  });

  test('without cascading delete leaves on the cluster what it deployed', () => {
    expect(application({ cascadingDelete: false }).metadata.finalizers).toBeUndefined();
  });

  test('with server-side apply asks for it', () => {
    expect(application({ serverSideApply: true }).spec.syncPolicy.syncOptions).toEqual([
      'CreateNamespace=false',
      'ServerSideApply=true',
    ]);
  });
});

describe('the namespace of objects that name none', () => {
  const namespaceOf = (...namespaces: (string | undefined)[]) =>
    appsFor((app) => {
      const chart = new Chart(app, 'shop');
      for (const [at, namespace] of namespaces.entries()) {
        new k8s.KubeConfigMap(chart, `config-${at}`, { metadata: { name: `config-${at}`, namespace } });
      }
      return { apps: [{ name: 'shop', charts: [chart] }] };
    }).map(({ spec }) => spec.destination?.namespace ?? spec.destinations.map((to: Fields) => to.namespace));

  test.each([
    [['shop', 'cart'], ['cart', 'shop'], 'shop'],
    [['shop', undefined], ['default', 'shop'], 'default'],
    [[undefined], ['default'], 'default'],
  ])('objects in %j are allowed into %j and go to %s', (namespaces, allowed, own) => {
    expect(namespaceOf(...namespaces)).toEqual([allowed, own]);
  });

  test('can be given', () => {
    const [project, shop] = appsFor((app) => ({
      apps: [{ name: 'shop', charts: [chartIn(app, 'shop')], namespace: { name: 'shop' } }],
    }));
    expect(project?.spec.destinations).toEqual([{ server: CLUSTER, namespace: 'shop' }]);
    expect(shop?.spec.destination.namespace).toBe('shop');
  });
});

describe('the AppProject', () => {
  const project = (make: (app: NetworkingApp) => ArgoCdApp[]): Fields =>
    find(
      appsFor((app) => ({ apps: make(app) })),
      'AppProject',
      'cdk8s-networking',
    );

  test('comes before every application, and goes after them', () => {
    const { metadata } = find(appsFor(lessons), 'AppProject', 'cdk8s-networking');
    expect(metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '-21' });
    expect(metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
  });

  test('comes before applications of late waves as well', () => {
    const { metadata } = project(() => [{ name: 'shop', files: ['shop.yaml'], wave: 5 }]);
    expect(metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '-1' });
  });

  test('allows what the apps contain and nothing else', () => {
    expect(find(appsFor(lessons), 'AppProject', 'cdk8s-networking').spec).toEqual({
      sourceRepos: [REPO, 'https://charts.example.com'],
      destinations: ['client', 'default', 'ingress-nginx', 'management-ui', 'metrics', 'stars'].map((namespace) => ({
        server: CLUSTER,
        namespace,
      })),
      clusterResourceWhitelist: [
        { group: '', kind: 'Namespace' },
        { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
        { group: 'apiregistration.k8s.io', kind: 'APIService' },
        { group: 'networking.k8s.io', kind: 'IngressClass' },
        { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
        { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
      ],
    });
  });

  test('allows no kind of the cluster when the apps have none', () => {
    const { spec } = project((app) => [{ name: 'shop', charts: [chartIn(app, 'shop', 'shop')] }]);
    expect(spec).toEqual({ sourceRepos: [REPO], destinations: [{ server: CLUSTER, namespace: 'shop' }] });
  });

  test('allows what is added to a chart later', () => {
    const app = new NetworkingApp();
    const chart = chartIn(app, 'shop', 'shop');
    new ArgoCdApps(app, 'argocd', { repoUrl: REPO, apps: [{ name: 'shop', charts: [chart] }] });
    new k8s.KubeClusterRole(chart, 'role', { metadata: { name: 'shop' } });
    new k8s.KubeConfigMap(chart, 'late', { metadata: { name: 'late', namespace: 'late' } });
    const { spec } = find(app.manifestFiles()[1]?.objects ?? [], 'AppProject', 'cdk8s-networking');
    expect(spec.destinations.map((to: Fields) => to.namespace)).toEqual(['late', 'shop']);
    expect(spec.clusterResourceWhitelist).toEqual([{ group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' }]);
  });

  test('allows what is named besides', () => {
    const { spec } = project((app) => [
      {
        name: 'shop',
        charts: [chartIn(app, 'shop', 'shop')],
        namespaces: [{ name: '10' }],
        clusterResources: [{ group: 'example.com', kind: 'Widget' }],
      },
    ]);
    expect(spec.destinations.map((to: Fields) => to.namespace)).toEqual(['10', 'shop']);
    expect(spec.clusterResourceWhitelist).toEqual([{ group: 'example.com', kind: 'Widget' }]);
  });

  test('takes an object of the cluster for one although its chart has a namespace', () => {
    const { spec } = project((app) => {
      const chart = new Chart(app, 'shop', { namespace: 'shop' });
      new ApiObject(chart, 'issuer', {
        apiVersion: 'cert-manager.io/v1',
        kind: 'ClusterIssuer',
        metadata: { name: 'a' },
      });
      return [{ name: 'shop', charts: [chart] }];
    });
    expect(spec.destinations).toEqual([{ server: CLUSTER, namespace: 'default' }]);
    expect(spec.clusterResourceWhitelist).toEqual([{ group: 'cert-manager.io', kind: 'ClusterIssuer' }]);
  });
});

describe('synthesis fails', () => {
  const failure = (make: (app: NetworkingApp) => ArgoCdApp[]) => {
    const app = new NetworkingApp();
    new ArgoCdApps(app, 'argocd', { repoUrl: REPO, apps: make(app) });
    return () => app.manifestFiles();
  };

  test('for a chart without objects, whose file does not exist', () => {
    expect(failure((app) => [{ name: 'shop', charts: [new Chart(app, 'shop')] }])).toThrow(
      'argocd: shop: chart shop has no objects, so there is no file shop.k8s.yaml to deploy',
    );
  });

  test("for an object of which nobody can tell whether it is the cluster's", () => {
    const widget = (app: NetworkingApp, namespace?: string) => {
      const chart = new Chart(app, 'shop');
      new ApiObject(chart, 'w', { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'one', namespace } });
      return { name: 'shop', charts: [chart] };
    };
    expect(failure((app) => [widget(app)])).toThrow(
      'argocd: shop: Widget one (shop/w) has no namespace and its kind is not known here; give it a namespace, or name { group: "example.com", kind: "Widget" } in clusterResources',
    );
    expect(failure((app) => [widget(app, 'shop')])).not.toThrow();
    const clusterResources = [{ group: 'example.com', kind: 'Widget' }];
    expect(failure((app) => [{ ...widget(app), clusterResources }])).not.toThrow();
  });
});
