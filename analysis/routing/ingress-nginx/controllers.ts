import { CONTROLLER_IMAGE } from '../../connectivity/read/served';
import type { Manifest } from '../../manifest';
import { boolOf, intOf } from './annotation-values';
import { type ControllerContainer, controllerContainers } from './arguments';
import { type ConfigMap, configMapOf, configSettings } from './config-map';
import { isFollowed, LAST_RELEASE, type Release, releaseOf } from './release';
import { DEFAULT_SETTINGS, releaseSettings, type Settings } from './settings';

/** What whoever asks says of the controller. */
export interface ControllerChoice {
  /** The release, such as `1.12.1`, where the image does not tell it or is not there. */
  readonly controllerVersion?: string | undefined;
  /** `NAMESPACE/NAME` of the ConfigMap, where the arguments do not tell it or are not there. */
  readonly configMap?: string | undefined;
}

/** The controllers of ingress-nginx that some manifests run, those that are told the same once. */
export function controllersOf(manifests: readonly Manifest[], choice: ControllerChoice = {}): readonly Settings[] {
  const found = new Map<string, Settings>();
  for (const manifest of manifests) {
    for (const container of controllerContainers(manifest)) {
      const settings = settingsOf(container, manifest.namespace ?? 'default', manifests, choice);
      const key = JSON.stringify(settings);
      found.set(key, found.get(key) ?? { ...settings, workload: manifest });
    }
  }
  return [...found.values()];
}

/** The controller that is assumed where the manifests run none. */
export function assumedController(manifests: readonly Manifest[], choice: ControllerChoice): Settings {
  const config = configSettings(configMapOf(choice.configMap ?? '', manifests));
  const told = { ...config.told, validation: undefined };
  const release = toldRelease(choice);
  return {
    ...DEFAULT_SETTINGS,
    ...config,
    ...releaseSettings(release ?? LAST_RELEASE, release !== undefined, told),
    told,
  };
}

/** A ConfigMap that a controller is told to read. */
export interface ToldConfigMap extends ConfigMap {
  /** `NAMESPACE/NAME`. */
  readonly key: string;
  /** The controller; `undefined` where whoever asks names the ConfigMap. */
  readonly workload: Manifest | undefined;
}

/** The ConfigMaps of the controllers, those that are among the manifests and those that are not, each once. */
export function configMapsOf(manifests: readonly Manifest[], choice: ControllerChoice): readonly ToldConfigMap[] {
  const found = new Map<string, ToldConfigMap>();
  const add = (key: string, workload: Manifest | undefined) => {
    found.set(key, found.get(key) ?? { key, workload, ...configMapOf(key, manifests) });
  };
  if (choice.configMap !== undefined) {
    add(choice.configMap, undefined);
  }
  for (const manifest of choice.configMap === undefined ? manifests : []) {
    for (const { flags } of controllerContainers(manifest)) {
      const key = configKey(flags, manifest.namespace ?? 'default', choice);
      if (flags.has('configmap') || configMapOf(key, manifests).manifest !== undefined) {
        add(key, manifest);
      }
    }
  }
  return [...found.values()];
}

function toldRelease({ controllerVersion }: ControllerChoice): Release | undefined {
  const release = controllerVersion === undefined ? undefined : releaseOf(controllerVersion);
  if (
    controllerVersion !== undefined &&
    !(release !== undefined && /^v?1\./.test(controllerVersion) && isFollowed(release))
  ) {
    const what = JSON.stringify(controllerVersion);
    throw new RangeError(`controllerVersion is ${what}; give a release from 1.8 to 1.15, such as "1.12.1"`);
  }
  return release;
}

function configKey(flags: ReadonlyMap<string, string>, namespace: string, { configMap }: ControllerChoice): string {
  const told = flags.get('configmap')?.replace('$(POD_NAMESPACE)', namespace);
  return configMap ?? (told || `${namespace}/ingress-nginx-controller`);
}

function settingsOf(
  { image, flags }: ControllerContainer,
  namespace: string,
  manifests: readonly Manifest[],
  choice: ControllerChoice,
): Omit<Settings, 'workload'> {
  const text = (name: string) => flags.get(name)?.replace('$(POD_NAMESPACE)', namespace) || undefined;
  const flag = (name: string) => boolOf(flags.get(name) ?? '');
  const config = configSettings(configMapOf(configKey(flags, namespace, choice), manifests));
  // Without that argument the controller reads none.
  const isConfigKnown = config.told.config || !flags.has('configmap');
  const told = { ...config.told, config: isConfigKnown, validation: flag('enable-annotation-validation') };
  const release = toldRelease(choice) ?? releaseOf(CONTROLLER_IMAGE.exec(image)?.[1] ?? '');
  const { workload, ...defaults } = DEFAULT_SETTINGS;
  return {
    ...defaults,
    ...config,
    ...releaseSettings(release ?? LAST_RELEASE, release !== undefined, told),
    told,
    controllerClass: text('controller-class') ?? defaults.controllerClass,
    ingressClass: text('ingress-class') ?? defaults.ingressClass,
    classByName: flag('ingress-class-by-name') ?? false,
    watchWithoutClass: flag('watch-ingress-without-class') ?? false,
    watchNamespace: text('watch-namespace'),
    watchSelector: text('watch-namespace-selector'),
    defaultService: text('default-backend-service'),
    defaultCertificate: namedBy(text('default-ssl-certificate')),
    externalNames: !(flag('disable-svc-external-name') ?? false),
    annotationPrefix: text('annotations-prefix') ?? defaults.annotationPrefix,
    healthPath: text('health-check-path') ?? defaults.healthPath,
    sslPassthrough: flag('enable-ssl-passthrough') ?? false,
    ignoresCatchAll: flag('disable-catch-all') ?? false,
    httpPort: intOf(flags.get('http-port') ?? '') ?? defaults.httpPort,
    httpsPort: intOf(flags.get('https-port') ?? '') ?? defaults.httpsPort,
  };
}

/** An object of a namespace, as arguments name it. */
function namedBy(text: string | undefined): Settings['defaultCertificate'] {
  const [, namespace, name] = /^([^/]+)\/([^/]+)$/.exec(text ?? '') ?? [];
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
}
