import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { type Check, fieldsWith, listOf, pattern } from '../fields';
import { NetworkingApp } from '../networking-app';
import { dnsLabel, flag, integer, namespace, type Problems, record, shown } from '../values';
import type { ArgoCdApp } from './app';
import { filesOf } from './contents';
import type { ArgoCdAppsProps } from './props';

const GIT =
  /^(https?:\/\/[\w.-]+(:\d+)?\/[^\s?#@]+|ssh:\/\/([\w.-]+@)?[\w.-]+(:\d+)?\/[^\s?#@]+|[\w.-]+@[\w.-]+:[^\s?#@]+|file:\/\/\/[^\s?#@]+)$/;
const HELM = /^(https?:\/\/)?[\w.-]+(:\d+)?(\/[\w.~/-]*)?$/;

const gitRepository = withoutPassword(
  pattern(GIT, 'give the URL of a Git repository such as "https://git.example.com/team/shop.git"'),
);

/** The repository of a Helm chart. */
export const helmRepository = withoutPassword(
  pattern(HELM, 'give the URL of a Helm repository such as "https://charts.example.com"'),
);

/** The URL of a cluster's API server. */
export const apiServer = pattern(
  /^https:\/\/[\w.-]+(:\d+)?(\/[\w.~/-]*)?$/,
  'give the URL of an API server such as "https://kubernetes.default.svc"',
);

/** When something is deployed among others. */
export const wave: Check = (what, value) => integer(what, value, -1000, 1000);

const revision = pattern(/^[^\s~^:?*[\\]+$/, 'give a branch, tag or commit such as "main"');
const folder = pattern(
  /^(?!.*(^|\/)\.{1,2}\/)(?!.*\/(\.{1,2})?$)(?!\.\.$)[\w.-]+(\/[\w.-]+)*$/,
  'give a folder of the repository such as "dist", without "/" at either end',
);
const file = pattern(
  /^(?!.*(^|\/)\.{1,2}\/)[\w.-]+(\/[\w.-]+)*\.(ya?ml|json)$/,
  'give a file below path such as "legacy/shop.yaml"',
);

const appFields = fieldsWith(['name'], {
  name: dnsLabel,
  charts: listOf(chart, '[shop]'),
  files: listOf(file, '["legacy/shop.yaml"]'),
  helmChart: fieldsWith(['repoUrl', 'chart', 'version'], {
    repoUrl: helmRepository,
    chart: pattern(/^[a-z0-9][\w./-]*$/i, 'give the name of a chart such as "tigera-operator"'),
    version: pattern(/^\S+$/, 'give the version of a chart such as "1.2.3"'),
    values: record,
  }),
  wave,
  namespace,
  namespaces: listOf(namespace, '[{ name: "shop" }]'),
  clusterResources: listOf(
    fieldsWith(['group', 'kind'], {
      group: pattern(/^([a-z0-9]([a-z0-9.-]*[a-z0-9])?)?$/, 'give an API group, or "" for the core'),
      kind: pattern(/^[A-Z][A-Za-z0-9]*$/, 'give a kind such as "ClusterRole"'),
    }),
    '[{ group: "rbac.authorization.k8s.io", kind: "ClusterRole" }]',
  ),
  cascadingDelete: flag,
  serverSideApply: flag,
});

const propsFields = fieldsWith(['repoUrl', 'apps'], {
  repoUrl: gitRepository,
  targetRevision: revision,
  path: folder,
  apps: listOf(appFields, '[{ name: "shop", charts: [shop] }]'),
  project: dnsLabel,
  rootName: dnsLabel,
  rootProject: dnsLabel,
  namespace,
  destinationServer: apiServer,
});

/** What is wrong with the settings of `ArgoCdApps`. */
export function problemsOf(scope: Construct, props: ArgoCdAppsProps): Problems {
  const problems = propsFields('', props);
  if (!(scope.node.root instanceof NetworkingApp)) {
    problems.push('its app is not a NetworkingApp; only there the names of the files are known');
  }
  return problems.length > 0 ? problems : togetherProblems(scope, props);
}

/** What is wrong with settings that are right on their own. */
function togetherProblems(scope: Construct, { apps, project, rootName = 'root' }: ArgoCdAppsProps): Problems {
  const problems: Problems = [];
  if (project === 'default') {
    problems.push('project is "default"; Argo CD has made that one itself, give another name');
  }
  const names = new Map<string, string>([[rootName, 'rootName']]);
  const owners = new Map<string, string>();
  for (const [at, app] of apps.entries()) {
    const what = `apps[${at}]`;
    problems.push(...taken(`${what}.name`, app.name, names, `${what}.name`, 'give each its own name'));
    if (filesOf(app).length === 0 && !app.helmChart) {
      problems.push(`${what}: "${app.name}" deploys nothing; give charts, files or helmChart`);
    }
    problems.push(...sourceProblems(what, app, scope));
    for (const path of filesOf(app)) {
      problems.push(...taken(what, path, owners, app.name, 'an object can belong to one Application only'));
    }
  }
  return problems;
}

/** Notes that `value` belongs to `owner`, unless it is another's already. */
function taken(what: string, value: string, owners: Map<string, string>, owner: string, advice: string): Problems {
  const other = owners.get(value);
  owners.set(value, other ?? owner);
  return other === undefined ? [] : [`${what}: ${shown(value)} is taken already, by ${other}; ${advice}`];
}

function sourceProblems(what: string, { charts = [] }: ArgoCdApp, scope: Construct): Problems {
  return charts
    .filter((held) => held.node.root !== scope.node.root)
    .map((held) => `${what}: chart ${held.node.path} is part of another app, which writes other files`);
}

function chart(what: string, value: unknown): Problems {
  return Chart.isChart(value) ? [] : [`${what} is ${shown(value)}; give a chart`];
}

/** Repositories are public with the manifest, so a user or password in one is refused, and not repeated. */
function withoutPassword(check: Check): Check {
  return (what, value) =>
    typeof value === 'string' && (/^https?:\/\/[^/]*@/i.test(value) || /^[^/]*\/\/[^/@]*:[^/]*@/.test(value))
      ? [`${what} holds a user, token or password; leave it out, Argo CD reads it from a Secret`]
      : check(what, value);
}
