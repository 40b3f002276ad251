import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { fieldsWith, listOf, pattern } from '../fields';
import { jsonProblems } from '../json';
import { NetworkingApp } from '../networking-app';
import { dnsLabel, flag, namespace, objectName, type Problems, record, shown } from '../values';
import type { ArgoCdApp } from './app';
import { filesOf } from './contents';
import { apiServer, chartVersion, file, folder, gitRepository, helmRepository, revision, wave } from './formats';
import type { ArgoCdAppsProps } from './props';

const appFields = fieldsWith(['name'], {
  name: dnsLabel,
  charts: listOf(chart, '[shop]'),
  files: listOf(file, '["legacy/shop.yaml"]'),
  helmChart: fieldsWith(['repoUrl', 'chart', 'version'], {
    repoUrl: helmRepository,
    chart: pattern(/^[a-z0-9][\w./-]{0,249}$/i, 'give the name of a chart such as "tigera-operator"'),
    version: chartVersion,
    values: (what, value) => [...record(what, value), ...jsonProblems(what, value)],
  }),
  wave,
  namespace,
  namespaces: listOf(namespace, '[{ name: "shop" }]'),
  clusterResources: listOf(
    fieldsWith(['group', 'kind'], {
      group: (what, value) =>
        value === ''
          ? []
          : objectName(what, value).map(() => `${what} is ${shown(value)}; give an API group, or "" for the core`),
      kind: pattern(/^[A-Z][A-Za-z0-9]{0,62}$/, 'give a kind such as "ClusterRole"'),
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
