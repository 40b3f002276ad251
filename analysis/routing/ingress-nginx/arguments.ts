import { CONTROLLER_IMAGE } from '../../connectivity/read/served';
import type { Manifest } from '../../manifest';
import { isMapping } from '../../manifest/value';
import type { Findings } from '../problems';
import { nearest } from './near-names';

/** A container that runs the controller. */
export interface ControllerContainer {
  readonly image: string;
  readonly flags: ReadonlyMap<string, string>;
}

/** The containers of a workload that run the controller, with their arguments. */
export function controllerContainers({ group, kind, object }: Manifest): readonly ControllerContainer[] {
  if (!['apps', ''].includes(group) || !['Deployment', 'DaemonSet', 'StatefulSet', 'Pod'].includes(kind)) {
    return [];
  }
  const { spec } = object;
  const template = isMapping(spec) && kind !== 'Pod' ? spec.template : object;
  const pod = isMapping(template) ? template.spec : undefined;
  const containers = isMapping(pod) && Array.isArray(pod.containers) ? pod.containers : [];
  return containers.flatMap((container): ControllerContainer[] => {
    if (!isMapping(container) || typeof container.image !== 'string' || !CONTROLLER_IMAGE.test(container.image)) {
      return [];
    }
    const texts = [container.command, container.args].flat().filter((text) => typeof text === 'string');
    return [{ image: container.image, flags: flagsOf(texts.flatMap(wordsOf)) }];
  });
}

/** The words of a text that a shell is given to run the controller; others are words as they are. */
function wordsOf(text: string): readonly string[] {
  return /nginx-ingress-controller\s/.test(text) ? text.trim().split(/\s+/) : [text];
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

/** Arguments that decide where requests go. */
const DECIDING = [
  'annotations-prefix',
  'configmap',
  'controller-class',
  'default-backend-service',
  'default-ssl-certificate',
  'disable-catch-all',
  'disable-svc-external-name',
  'enable-annotation-validation',
  'enable-ssl-passthrough',
  'health-check-path',
  'http-port',
  'https-port',
  'ingress-class',
  'ingress-class-by-name',
  'watch-ingress-without-class',
  'watch-namespace',
  'watch-namespace-selector',
];

/** Others that look like one of them. */
const OTHERS = new Set([
  'default-server-port',
  'enable-ssl-chain-completion',
  'health-check-timeout',
  'healthz-port',
  'ssl-passthrough-proxy-port',
  'status-port',
  'stream-port',
  'tcp-services-configmap',
  'udp-services-configmap',
]);

/** Reports arguments of controllers that are none, and look like one that decides where requests go. */
export function checkArguments(manifests: readonly Manifest[], findings: Findings): void {
  for (const manifest of manifests) {
    for (const name of controllerContainers(manifest).flatMap(({ flags }) => [...flags.keys()])) {
      const near = DECIDING.includes(name) || OTHERS.has(name) ? undefined : nearest(name, DECIDING);
      if (near !== undefined) {
        const message = `--${name} is no argument of ingress-nginx, which does not start with it; did you mean --${near}?`;
        findings.tolerable(manifest, ['spec'], 'bad-setting', message);
      }
    }
  }
}
