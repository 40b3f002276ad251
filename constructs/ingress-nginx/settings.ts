import type { ContainerResources } from '../container-resources';
import type { IngressNginxProps } from './props';
import { IngressNginxProvider, PROVIDERS, type ProviderFacts } from './provider';
import { IngressNginxVersion, VERSIONS, type VersionFacts } from './version';

/** What every object of an installation is made from. */
export interface Settings {
  readonly name: string;
  readonly namespace: string;
  readonly ingressClassName: string;
  readonly isDefaultClass: boolean;
  readonly version: VersionFacts;
  readonly provider: ProviderFacts;
  readonly resources: ContainerResources;
  readonly imageRegistry: string;
  readonly argoCdHooks: boolean;
  readonly given: IngressNginxProps;
}

/** The part of the installation that an object belongs to. */
export type Component = 'controller' | 'admission-webhook';

/** Fills in the defaults. The version and the provider have been checked. */
export function settingsOf(props: IngressNginxProps): Settings {
  const version = VERSIONS.get(props.version ?? IngressNginxVersion.V1_15_1);
  const provider = PROVIDERS.get(props.provider ?? IngressNginxProvider.CLOUD);
  if (!version || !provider) {
    throw new Error('version and provider are to be checked before');
  }
  const name = props.name ?? 'ingress-nginx';
  return {
    name,
    namespace: props.namespaceName ?? name,
    ingressClassName: props.ingressClassName ?? 'nginx',
    isDefaultClass: props.isDefaultClass ?? false,
    version,
    provider: provider(version),
    resources: props.resources ?? { requests: { cpu: '100m', memory: '90Mi' } },
    imageRegistry: props.imageRegistry ?? 'registry.k8s.io',
    argoCdHooks: props.argoCdHooks ?? false,
    given: props,
  };
}

/** The labels by which Pods are selected; they stay the same from release to release. */
export function selectorLabels({ name }: Settings, component: Component): Record<string, string> {
  return { ...appLabels(name), 'app.kubernetes.io/component': component };
}

/** The labels of every object but the namespace. */
export function objectLabels(settings: Settings, component?: Component): Record<string, string> {
  return {
    ...appLabels(settings.name),
    ...(component && { 'app.kubernetes.io/component': component }),
    'app.kubernetes.io/part-of': 'ingress-nginx',
    'app.kubernetes.io/version': settings.version.label,
  };
}

export function appLabels(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/instance': name };
}

export function imageOf({ imageRegistry }: Settings, image: string): string {
  return `${imageRegistry}/ingress-nginx/${image}`;
}

/** The class that the controller answers to, by which two installations keep apart. */
export function controllerClass({ name }: Settings): string {
  return `k8s.io/${name}`;
}

/** The Lease by which several controllers agree who writes the status. */
export function leaseOf({ name }: Settings): string {
  return `${name}-leader`;
}

/** The arguments that the construct sets, in the order in which they are written. */
export function ownArguments(settings: Settings): Map<string, string> {
  const { name, provider } = settings;
  const controller = `$(POD_NAMESPACE)/${name}-controller`;
  return new Map([
    ...(provider.publishService ? ([['publish-service', controller]] as const) : []),
    ['election-id', leaseOf(settings)],
    ['controller-class', controllerClass(settings)],
    ['ingress-class', settings.ingressClassName],
    ['configmap', controller],
    ['validating-webhook', ':8443'],
    ['validating-webhook-certificate', '/usr/local/certificates/cert'],
    ['validating-webhook-key', '/usr/local/certificates/key'],
    ...Object.entries(provider.args),
  ]);
}
