import { App, Chart } from 'cdk8s';
import { ArgoCdApps, type ArgoCdAppsProps, NetworkingApp } from '../../constructs';

const REPO = 'https://git.example.com/team/shop.git';
const shop = { name: 'shop', files: ['shop.yaml'] };
const helmChart = { repoUrl: 'https://charts.example.com', chart: 'metrics', version: '1.2.3' };
const label = 'use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends';
const json = 'give text, a number, true, false, null, a list or an object';
const object = `give an object such as { key: 'value' }`;
const git = 'give the URL of a Git repository such as "https://git.example.com/team/shop.git"';
const secret = 'holds a user, token or password; leave it out, Argo CD reads it from a Secret';
const folder = 'give a folder of the repository such as "dist", without "/" at either end';
const file = 'give a file below path such as "legacy/shop.yaml"';

/** The message with which `ArgoCdApps` fails, once nothing has been left in the app. */
function refusal(props: unknown, app: App = new NetworkingApp()): string {
  const paths = () => app.node.findAll().map(({ node }) => node.path);
  const before = paths();
  let message = '';
  try {
    new ArgoCdApps(app, 'argocd', props as ArgoCdAppsProps);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(paths()).toEqual(before);
  return message;
}

const ofProps: [string, object, string][] = [
  ['no repository', { repoUrl: undefined }, 'repoUrl is missing'],
  ['a repository without a scheme', { repoUrl: 'git.example.com/shop' }, `repoUrl is "git.example.com/shop"; ${git}`],
  [
    'a repository without a path',
    { repoUrl: 'https://git.example.com' },
    `repoUrl is "https://git.example.com"; ${git}`,
  ],
  ['a repository that is no text', { repoUrl: 7 }, `repoUrl is 7; ${git}`],
  ['a password in the repository', { repoUrl: 'https://me:pass@git.example.com/shop' }, `repoUrl ${secret}`],
  ['a token in the repository', { repoUrl: 'https://token@git.example.com/shop' }, `repoUrl ${secret}`],
  ['a password for ssh', { repoUrl: 'ssh://git:pass@git.example.com/shop' }, `repoUrl ${secret}`],
  ['no revision', { targetRevision: '' }, 'targetRevision is ""; give a branch, tag or commit such as "main"'],
  [
    'a revision with a space',
    { targetRevision: 'my branch' },
    'targetRevision is "my branch"; give a branch, tag or commit such as "main"',
  ],
  ['a path from the root', { path: '/dist' }, `path is "/dist"; ${folder}`],
  ['a path with a final slash', { path: 'dist/' }, `path is "dist/"; ${folder}`],
  ['a path out of the repository', { path: '../dist' }, `path is "../dist"; ${folder}`],
  ['a path up', { path: '..' }, `path is ".."; ${folder}`],
  ['a path with a way back', { path: 'a/../b' }, `path is "a/../b"; ${folder}`],
  ['a project with a capital', { project: 'Shop' }, `project is "Shop"; ${label}`],
  [
    'the built-in project',
    { project: 'default' },
    'project is "default"; Argo CD has made that one itself, give another name',
  ],
  ['a root with a space', { rootName: 'my root' }, `rootName is "my root"; ${label}`],
  ['a project of the root that is empty', { rootProject: '' }, `rootProject is ""; ${label}`],
  ['a namespace as text', { namespace: 'argocd' }, `namespace is "argocd"; give a namespace such as { name: 'shop' }`],
  [
    'a cluster without https',
    { destinationServer: 'http://shop.example.com' },
    'destinationServer is "http://shop.example.com"; give the URL of an API server such as "https://kubernetes.default.svc"',
  ],
  ['no apps', { apps: undefined }, 'apps is missing'],
  [
    'an empty list of apps',
    { apps: [] },
    'apps is empty; give a list such as [{ name: "shop", charts: [shop] }], or leave it out',
  ],
  [
    'one app without a list',
    { apps: shop },
    'apps is an object; give a list such as [{ name: "shop", charts: [shop] }], or leave it out',
  ],
  [
    'a setting that nobody knows',
    { repoURL: REPO },
    'repoURL is not known; give repoUrl, targetRevision, path, apps, project, rootName, rootProject, namespace, destinationServer',
  ],
  [
    'the name of a method',
    { toString: 'x' },
    'toString is not known; give repoUrl, targetRevision, path, apps, project, rootName, rootProject, namespace, destinationServer',
  ],
  [
    'two things at once, both named',
    { project: 'Shop', path: '/dist' },
    `\n  project is "Shop"; ${label}\n  path is "/dist"; ${folder}`,
  ],
];

const ofApps: [string, unknown, string][] = [
  ['nothing', null, `apps[0] is null; ${object}`],
  ['no name', { files: ['shop.yaml'] }, 'apps[0].name is missing'],
  ['a name with a dot', { ...shop, name: 'a.b' }, `apps[0].name is "a.b"; ${label}`],
  ['nothing to deploy', { name: 'shop' }, 'apps[0]: "shop" deploys nothing; give charts, files or helmChart'],
  ['charts by name', { name: 'shop', charts: ['shop'] }, 'apps[0].charts[0] is "shop"; give a chart'],
  [
    'one chart without a list',
    { name: 'shop', charts: 'shop' },
    'apps[0].charts is "shop"; give a list such as [shop], or leave it out',
  ],
  ['a file from the root', { name: 'shop', files: ['/shop.yaml'] }, `apps[0].files[0] is "/shop.yaml"; ${file}`],
  [
    'a file out of the folder',
    { name: 'shop', files: ['../shop.yaml'] },
    `apps[0].files[0] is "../shop.yaml"; ${file}`,
  ],
  ['a pattern of files', { name: 'shop', files: ['*.yaml'] }, `apps[0].files[0] is "*.yaml"; ${file}`],
  [
    'a file that Argo CD does not read',
    { name: 'shop', files: ['shop.txt'] },
    `apps[0].files[0] is "shop.txt"; ${file}`,
  ],
  ['half a wave', { ...shop, wave: 1.5 }, 'apps[0].wave is 1.5; give an integer from -1000 to 1000'],
  ['a wave as text', { ...shop, wave: '1' }, 'apps[0].wave is "1"; give an integer from -1000 to 1000'],
  [
    'a namespace with a capital',
    { ...shop, namespace: { name: 'Shop' } },
    `apps[0].namespace.name is "Shop"; ${label}`,
  ],
  [
    'namespaces by name',
    { ...shop, namespaces: ['shop'] },
    `apps[0].namespaces[0] is "shop"; give a namespace such as { name: 'shop' }`,
  ],
  [
    'a kind without its group',
    { ...shop, clusterResources: [{ kind: 'ClusterRole' }] },
    'apps[0].clusterResources[0].group is missing',
  ],
  [
    'a kind with a small letter',
    { ...shop, clusterResources: [{ group: '', kind: 'namespaces' }] },
    'apps[0].clusterResources[0].kind is "namespaces"; give a kind such as "ClusterRole"',
  ],
  [
    'every group at once',
    { ...shop, clusterResources: [{ group: '*', kind: 'A' }] },
    'apps[0].clusterResources[0].group is "*"; give an API group, or "" for the core',
  ],
  ['a switch as text', { ...shop, cascadingDelete: 'yes' }, 'apps[0].cascadingDelete is "yes"; give true or false'],
  [
    'server-side apply as a number',
    { ...shop, serverSideApply: 1 },
    'apps[0].serverSideApply is 1; give true or false',
  ],
  [
    'a Helm repository with a space',
    { name: 'shop', helmChart: { ...helmChart, repoUrl: 'my charts' } },
    'apps[0].helmChart.repoUrl is "my charts"; give the URL of a Helm repository such as "https://charts.example.com"',
  ],
  [
    'a password in the Helm repository',
    { name: 'shop', helmChart: { ...helmChart, repoUrl: 'https://me:pass@charts.example.com' } },
    `apps[0].helmChart.repoUrl ${secret}`,
  ],
  [
    'a Helm chart without a version',
    { name: 'shop', helmChart: { ...helmChart, version: undefined } },
    'apps[0].helmChart.version is missing',
  ],
  [
    'an empty version of a Helm chart',
    { name: 'shop', helmChart: { ...helmChart, version: '' } },
    'apps[0].helmChart.version is ""; give the version of a chart such as "1.2.3"',
  ],
  [
    'a Helm chart with a space',
    { name: 'shop', helmChart: { ...helmChart, chart: 'my chart' } },
    'apps[0].helmChart.chart is "my chart"; give the name of a chart such as "tigera-operator"',
  ],
  [
    'values as text',
    { name: 'shop', helmChart: { ...helmChart, values: 'a: 1' } },
    `apps[0].helmChart.values is "a: 1"; ${object}`,
  ],
];

describe('fails before anything is made, for', () => {
  test.each(ofProps)('%s', (_, props, problem) => {
    const message = refusal({ repoUrl: REPO, apps: [shop], ...props });
    expect(message).toBe(problem.startsWith('\n') ? `argocd:${problem}` : `argocd: ${problem}`);
  });

  test.each(ofApps)('an app with %s', (_, app, problem) => {
    expect(refusal({ repoUrl: REPO, apps: [app] })).toBe(`argocd: ${problem}`);
  });

  test('props that are missing', () => {
    expect(refusal(undefined)).toBe(`argocd: props is undefined; ${object}`);
  });

  test('two apps of one name', () => {
    const apps = [shop, { name: 'shop', files: ['other.yaml'] }];
    expect(refusal({ repoUrl: REPO, apps })).toBe(
      'argocd: apps[1].name: "shop" is taken already, by apps[0].name; give each its own name',
    );
  });

  test('an app with the name of the root', () => {
    expect(refusal({ repoUrl: REPO, apps: [shop], rootName: 'shop' })).toBe(
      'argocd: apps[0].name: "shop" is taken already, by rootName; give each its own name',
    );
  });

  test('one chart in two apps', () => {
    const app = new NetworkingApp();
    const charts = [new Chart(app, 'shop')];
    expect(
      refusal(
        {
          repoUrl: REPO,
          apps: [
            { name: 'a', charts },
            { name: 'b', charts },
          ],
        },
        app,
      ),
    ).toBe('argocd: apps[1]: "shop.k8s.yaml" is taken already, by a; an object can belong to one Application only');
  });

  test('a chart of another app', () => {
    const charts = [new Chart(new NetworkingApp(), 'shop')];
    expect(refusal({ repoUrl: REPO, apps: [{ name: 'shop', charts }] })).toBe(
      'argocd: apps[0]: chart shop is part of another app, which writes other files',
    );
  });

  const loop: Record<string, unknown> = {};
  loop.itself = [loop];
  test.each<[string, unknown, string]>([
    ['a function', { replicas: () => 1 }, `replicas is a function; ${json}`],
    ['no number', { cpu: [1, Number.NaN] }, `cpu[1] is NaN; ${json}`],
    ['a date', { on: new Date(0) }, `on is an object; ${json}`],
    ['nothing in a list', { list: [undefined] }, `list[0] is undefined; ${json}`],
    ['themselves', { loop }, 'loop.itself[0] holds itself; give a value that ends somewhere'],
  ])('values of a Helm chart that hold %s', (_, values, problem) => {
    const apps = [{ name: 'metrics', helmChart: { ...helmChart, values } }];
    expect(refusal({ repoUrl: REPO, apps })).toBe(`argocd: apps[0].helmChart.values.${problem}`);
  });

  test('an app that names its files in another way', () => {
    expect(refusal({ repoUrl: REPO, apps: [shop] }, new App())).toBe(
      'argocd: its app is not a NetworkingApp; only there the names of the files are known',
    );
  });
});

test.each([
  'https://git.example.com/shop',
  'http://git.internal:3000/team/shop.git',
  'git@git.example.com:team/shop.git',
  'ssh://git@git.example.com:2222/team/shop.git',
  'file:///srv/git/shop',
])('takes the repository %s', (repoUrl) => {
  expect(() => new ArgoCdApps(new NetworkingApp(), 'argocd', { repoUrl, apps: [shop] })).not.toThrow();
});

test('takes values of a Helm chart such as those that take a default away', () => {
  const shared = { a: 1 };
  const values = { remove: null, leftOut: undefined, twice: [shared, shared], yes: true, text: '' };
  const apps = [{ name: 'metrics', helmChart: { ...helmChart, values } }];
  expect(() => new ArgoCdApps(new NetworkingApp(), 'argocd', { repoUrl: REPO, apps })).not.toThrow();
});
