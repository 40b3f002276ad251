import type { Manifest } from '../../manifest';
import { isMapping } from '../../manifest/value';
import { brief } from '../brief';
import { boolOf, intOf } from './annotation-values';
import { riskOf } from './risks';
import { DEFAULT_SETTINGS, type Settings } from './settings';

/** The controllers of ingress-nginx that some manifests run, those that are told the same once. */
export function controllersOf(manifests: readonly Manifest[]): readonly Settings[] {
  const found = new Map<string, Settings>();
  for (const manifest of manifests) {
    for (const container of containersOf(manifest)) {
      const settings = settingsOf(container, manifest.namespace ?? 'default', manifests);
      const key = JSON.stringify(settings);
      found.set(key, found.get(key) ?? { ...settings, workload: manifest });
    }
  }
  return [...found.values()];
}

interface Container {
  readonly image: string;
  readonly flags: ReadonlyMap<string, string>;
}

/** The image of the controller: today's, its chroot variant, and that of releases before 0.40. */
const IMAGE = /(?:^|\/)(?:ingress-nginx\/controller(?:-chroot)?|nginx-ingress-controller)(?::v?(\d+)\.(\d+))?/;

function containersOf({ group, kind, object }: Manifest): Container[] {
  if (!['apps', ''].includes(group) || !['Deployment', 'DaemonSet', 'StatefulSet', 'Pod'].includes(kind)) {
    return [];
  }
  const { spec } = object;
  const template = isMapping(spec) && kind !== 'Pod' ? spec.template : object;
  const pod = isMapping(template) ? template.spec : undefined;
  const containers = isMapping(pod) && Array.isArray(pod.containers) ? pod.containers : [];
  return containers.flatMap((container): Container[] => {
    if (!isMapping(container) || typeof container.image !== 'string' || !IMAGE.test(container.image)) {
      return [];
    }
    const texts = [container.command, container.args].flat().filter((text) => typeof text === 'string');
    return [{ image: container.image, flags: flagsOf(texts) }];
  });
}

/** Flags as `--name=value`, `--name value` or `--name`. */
function flagsOf(texts: readonly string[]): ReadonlyMap<string, string> {
  const flags = new Map<string, string>();
  for (const [index, text] of texts.entries()) {
    const [, name, value] = /^--?([a-z][a-z0-9-]*)(?:=(.*))?$/s.exec(text) ?? [];
    if (name !== undefined) {
      const next = texts[index + 1];
      flags.set(name, value ?? (next === undefined || next.startsWith('-') ? 'true' : next));
    }
  }
  return flags;
}

function settingsOf(
  { image, flags }: Container,
  namespace: string,
  manifests: readonly Manifest[],
): Omit<Settings, 'workload'> {
  const text = (name: string) => flags.get(name)?.replace('$(POD_NAMESPACE)', namespace) || undefined;
  const flag = (name: string) => boolOf(flags.get(name) ?? '');
  const data = configOf(text('configmap') ?? `${namespace}/ingress-nginx-controller`, manifests);
  const config = (name: string) => boolOf(data.get(name) ?? '');
  const isSecure = atLeast(image, 12);
  const riskLevel = data.get('annotations-risk-level');
  return {
    controllerClass: text('controller-class') ?? DEFAULT_SETTINGS.controllerClass,
    ingressClass: text('ingress-class') ?? DEFAULT_SETTINGS.ingressClass,
    classByName: flag('ingress-class-by-name') ?? false,
    watchWithoutClass: flag('watch-ingress-without-class') ?? false,
    watchNamespace: text('watch-namespace'),
    defaultService: text('default-backend-service'),
    externalNames: !(flag('disable-svc-external-name') ?? false),
    annotationPrefix: text('annotations-prefix') ?? DEFAULT_SETTINGS.annotationPrefix,
    healthPath: text('health-check-path') ?? DEFAULT_SETTINGS.healthPath,
    validatesAnnotations: flag('enable-annotation-validation') ?? isSecure,
    riskLevel:
      riskLevel !== undefined ? riskOf(riskLevel) : isSecure === undefined ? undefined : isSecure ? 'High' : 'Critical',
    allowsSnippets: config('allow-snippet-annotations') ?? not(atLeast(image, 9)),
    ignoresCatchAll: flag('disable-catch-all') ?? false,
    strictPaths: config('strict-validate-path-type') ?? isSecure,
    sslRedirect: config('ssl-redirect') ?? DEFAULT_SETTINGS.sslRedirect,
    forceSslRedirect: config('force-ssl-redirect') ?? DEFAULT_SETTINGS.forceSslRedirect,
    preserveTrailingSlash: config('preserve-trailing-slash') ?? DEFAULT_SETTINGS.preserveTrailingSlash,
    relativeRedirects: config('relative-redirects') ?? DEFAULT_SETTINGS.relativeRedirects,
    redirectCode: redirectCodeOf(data.get('http-redirect-code')),
    httpsPort: intOf(flags.get('https-port') ?? '') ?? DEFAULT_SETTINGS.httpsPort,
    noTlsRedirectPaths:
      data
        .get('no-tls-redirect-locations')
        ?.split(',')
        .map((path) => path.trim())
        .filter((path) => path !== '') ?? DEFAULT_SETTINGS.noTlsRedirectPaths,
    unfollowed: unfollowedOf(data, text('watch-namespace-selector')),
  };
}

/** Settings of a ConfigMap that decide where requests go, and that answers only mention. */
const UNFOLLOWED = [
  'use-forwarded-headers',
  'use-proxy-protocol',
  'enable-underscores-in-headers',
  'server-snippet',
  'location-snippet',
  'http-snippet',
  'main-snippet',
  'custom-http-errors',
  'global-auth-url',
  'block-cidrs',
  'block-user-agents',
  'block-referers',
  'whitelist-source-range',
  'denylist-source-range',
  'enable-modsecurity',
  'modsecurity-snippet',
];

function unfollowedOf(data: ReadonlyMap<string, string>, namespaces: string | undefined): string[] {
  const config = UNFOLLOWED.flatMap((name) => {
    const value = data.get(name) ?? '';
    return value === '' || value === 'false'
      ? []
      : [`${name} ${brief(value, name.endsWith('-snippet'))} of the controller's ConfigMap`];
  });
  return namespaces === undefined
    ? config
    : [...config, `--watch-namespace-selector ${brief(namespaces)} of the controller`];
}

function redirectCodeOf(text: string | undefined): number {
  const code = intOf(text ?? '');
  return code !== undefined && [301, 302, 307, 308].includes(code) ? code : DEFAULT_SETTINGS.redirectCode;
}

function not(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** Whether an image is of a release 1.x of at least this number; `undefined` where its tag does not say. */
function atLeast(image: string, minor: number): boolean | undefined {
  const [, major, second] = IMAGE.exec(image) ?? [];
  return major === undefined ? undefined : Number(major) > 1 || (Number(major) === 1 && Number(second) >= minor);
}

function configOf(key: string, manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  const [namespace = 'default', name] = key.split('/');
  const found = manifests.find(
    (manifest) =>
      manifest.kind === 'ConfigMap' && manifest.name === name && (manifest.namespace ?? 'default') === namespace,
  );
  const data = found?.object.data;
  const entries = isMapping(data) ? Object.entries(data) : [];
  return new Map(entries.flatMap(([field, value]) => (typeof value === 'string' ? [[field, value]] : [])));
}
