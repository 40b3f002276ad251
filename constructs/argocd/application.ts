import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  Application,
  type ApplicationSpecIgnoreDifferences,
  type ApplicationSpecSource,
} from '../../imports/argoproj.io';
import type { ArgoCdHelmChart } from './app';

/** The cluster that Argo CD itself runs on. */
export const IN_CLUSTER = 'https://kubernetes.default.svc';

/** On an Application: what it deployed goes before it does. On a project: its applications go before it does. */
export const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/** Everything that an Application is made of, decided. */
export interface ApplicationSettings {
  readonly name: string;
  /** The namespace that the Application itself stands in. */
  readonly argoCdNamespace: string;
  readonly project: string;
  readonly sources: readonly ApplicationSpecSource[];
  readonly server: string;
  /** The namespace of objects that name none. */
  readonly namespace: string;
  readonly wave?: number;
  readonly cascadingDelete: boolean;
  readonly serverSideApply?: boolean;
  /** Fields that controllers move on the cluster, once everything is made; left out, none. */
  readonly moved?: () => readonly ApplicationSpecIgnoreDifferences[];
}

/** Adds an Application that is brought in, kept and cleaned up without a person. */
export function addApplication(scope: Construct, id: string, settings: ApplicationSettings): Application {
  const [source, ...others] = settings.sources;
  const { moved = () => [] } = settings;
  return new Application(scope, id, {
    metadata: {
      name: settings.name,
      namespace: settings.argoCdNamespace,
      annotations: syncWave(settings.wave),
      finalizers: settings.cascadingDelete ? [FINALIZER] : undefined,
    },
    spec: {
      project: settings.project,
      source: others.length === 0 ? source : undefined,
      sources: others.length === 0 ? undefined : [...settings.sources],
      destination: { server: settings.server, namespace: settings.namespace },
      // An empty list says the same as none, and an API server may drop it.
      ignoreDifferences: Lazy.any({
        produce: () => (moved().length === 0 ? undefined : moved()),
      }) as unknown as ApplicationSpecIgnoreDifferences[],
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: Lazy.any({ produce: () => syncOptions(settings, moved()) }) as unknown as string[],
        // What waits for the CustomResourceDefinitions or webhook of another application fails at first; about 20
        // minutes of trying again bring it in whichever comes first.
        retry: { limit: 10, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
      },
    },
  });
}

/**
 * Where controllers move fields, only objects that differ otherwise are applied, so that what they have moved stays as long as
 * nothing else of the object changes. `RespectIgnoreDifferences` would keep it then too, and with it the whole list that holds
 * the field: nothing else of a route could be changed from Git.
 *
 * @see https://github.com/argoproj/argo-cd/issues/25284
 */
function syncOptions(
  { serverSideApply }: ApplicationSettings,
  moved: readonly ApplicationSpecIgnoreDifferences[],
): string[] {
  return [
    'CreateNamespace=false',
    ...(serverSideApply ? ['ServerSideApply=true'] : []),
    ...(moved.length > 0 ? ['ApplyOutOfSyncOnly=true'] : []),
  ];
}

/** The annotation for a wave; none for wave 0, which is everything's own. */
export function syncWave(wave: number | undefined): Record<string, string> | undefined {
  return wave ? { [SYNC_WAVE]: String(wave) } : undefined;
}

/** A Helm chart as the source of an Application. */
export function helmSource({ repoUrl, chart, version, values }: ArgoCdHelmChart): ApplicationSpecSource {
  const helm = values && Object.keys(values).length > 0 ? { valuesObject: values } : undefined;
  return { repoUrl, chart, targetRevision: version, helm };
}
