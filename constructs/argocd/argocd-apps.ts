import { type ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { AppProject } from '../../imports/argoproj.io';
import { fileOf } from '../file-of';
import { orderedObjects } from '../object-order';
import { refuse } from '../refusal';
import type { ArgoCdApp } from './app';
import { addApplication, FINALIZER, helmSource, IN_CLUSTER, syncWave } from './application';
import { contentsOf, filesOf } from './contents';
import { filesSource, type Repository } from './files';
import { movedFields } from './moved-fields';
import { problemsOf } from './problems';
import type { ArgoCdAppsProps } from './props';

/**
 * Deploys with Argo CD what this app writes: an Application for each deployable, an AppProject that allows them just
 * what they need, and a root Application over them all.
 *
 * It makes two charts of its own below its id, and so two files:
 *
 * - `apps` holds the AppProject and the Applications. The root Application reads this file and nothing else.
 * - `root` holds the root Application, which does not deploy itself. It is the one thing to apply by hand, once.
 *
 * Every Application is brought in without a person, undoes changes made on the cluster, and removes what is no longer
 * in the repository. None makes a namespace: those are among the manifests.
 *
 * @throws Error when a setting is wrong; nothing is made then. Synthesis fails when one of the given charts is empty,
 * or when it cannot be told whether a kind belongs to the cluster.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/cluster-bootstrapping/
 *
 * @example
 *
 *   new ArgoCdApps(app, 'argocd', {
 *     repoUrl: 'https://git.example.com/team/shop.git',
 *     apps: [
 *       { name: 'ingress-nginx', charts: [ingressNginx], wave: -10 },
 *       { name: 'shop', charts: [shop] },
 *     ],
 *   });
 */
export class ArgoCdApps extends Construct {
  /** The file to apply by hand, once, below the folder that manifests are written to. */
  public readonly rootFile: string;

  constructor(scope: Construct, id: string, props: ArgoCdAppsProps) {
    refuse(scope, id, problemsOf(scope, props));
    super(scope, id);
    const settings = {
      project: props.project ?? 'cdk8s-networking',
      server: props.destinationServer ?? IN_CLUSTER,
      argoCdNamespace: props.namespace?.name ?? 'argocd',
    };
    const repository: Repository = {
      repoUrl: props.repoUrl,
      targetRevision: props.targetRevision ?? 'HEAD',
      path: props.path ?? 'dist',
    };

    const apps = new Chart(this, 'apps');
    this.addProject(apps, settings, repository, props.apps);
    for (const app of props.apps) {
      const files = filesOf(app);
      addApplication(apps, `app-${app.name}`, {
        ...settings,
        name: app.name,
        wave: app.wave,
        serverSideApply: app.serverSideApply,
        sources: [
          ...(app.helmChart ? [helmSource(app.helmChart)] : []),
          ...(files.length > 0 ? [filesSource(repository, files)] : []),
        ],
        namespace: Lazy.any({ produce: () => contentsOf(app).namespaces[0] }),
        cascadingDelete: app.cascadingDelete ?? true,
        moved: () => movedFields(objectsOf([app]), objectsOf(props.apps)),
      });
    }

    const root = new Chart(this, 'root');
    addApplication(root, 'root', {
      ...settings,
      name: props.rootName ?? 'root',
      project: props.rootProject ?? 'default',
      sources: [filesSource(repository, [fileOf(apps)])],
      server: IN_CLUSTER,
      namespace: settings.argoCdNamespace,
      // Whoever removes the root by mistake would remove everything, network plugin and all.
      cascadingDelete: false,
    });
    this.rootFile = fileOf(root);
    this.node.addValidation({
      validate: () => props.apps.flatMap((app) => contentsOf(app).problems.map((problem) => `${app.name}: ${problem}`)),
    });
  }

  private addProject(
    scope: Construct,
    { project, server, argoCdNamespace }: { project: string; server: string; argoCdNamespace: string },
    { repoUrl }: Repository,
    apps: readonly ArgoCdApp[],
  ): void {
    const all = () => apps.map(contentsOf);
    const charts = apps.flatMap(({ helmChart }) => (helmChart ? [helmChart.repoUrl] : []));
    new AppProject(scope, 'project', {
      metadata: {
        name: project,
        namespace: argoCdNamespace,
        annotations: syncWave(Math.min(0, ...apps.map(({ wave = 0 }) => wave)) - 1),
        finalizers: [FINALIZER],
      },
      spec: {
        sourceRepos: [...new Set([repoUrl, ...charts])],
        destinations: Lazy.any({
          produce: () =>
            sorted(all().flatMap(({ namespaces }) => namespaces)).map((namespace) => ({ server, namespace })),
        }),
        clusterResourceWhitelist: Lazy.any({
          produce: () => {
            const kinds = all().flatMap(({ clusterResources }) => clusterResources);
            const written = sorted(kinds.map(({ group, kind }) => `${group}/${kind}`));
            // An empty list says the same as none, and an API server may drop it.
            return written.length === 0
              ? undefined
              : written.map((name) => name.split('/')).map(([group, kind]) => ({ group, kind }));
          },
        }),
      },
    });
  }
}

function objectsOf(apps: readonly ArgoCdApp[]): readonly ApiObject[] {
  return apps.flatMap(({ charts = [] }) => charts.flatMap(orderedObjects));
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
