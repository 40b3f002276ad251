import { isMapping } from '../../manifest/value';
import type { Served } from '../model';
import type { Field } from './field';

/**
 * The image of the controller, with its tag: today's, the same in a registry that has no folders, its chroot variant, and that of releases
 * before 0.40.
 */
export const CONTROLLER_IMAGE =
  /(?:^|\/)(?:ingress-nginx\/controller|ingress-nginx-controller|nginx-ingress-controller)(?:-chroot)?(?::(\w[\w.-]*))?(?:@|$)/;

/**
 * What a pod serves that runs ingress-nginx. Its containers were checked by who read their ports.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/
 */
export function readServed(spec: Field): Served | undefined {
  const containers = spec.get('containers').value;
  for (const container of Array.isArray(containers) ? containers : []) {
    if (isMapping(container) && typeof container.image === 'string' && CONTROLLER_IMAGE.test(container.image)) {
      const texts = [container.command, container.args].flat().filter((text) => typeof text === 'string');
      return {
        controllerClass: flag(texts, 'controller-class') ?? 'k8s.io/ingress-nginx',
        ingressClass: flag(texts, 'ingress-class') ?? 'nginx',
      };
    }
  }
  return undefined;
}

/** The value of a flag, `--flag=value` or `--flag value`. */
function flag(texts: readonly string[], name: string): string | undefined {
  const joined = texts.find((text) => text.startsWith(`--${name}=`));
  const at = texts.indexOf(`--${name}`);
  return joined?.slice(name.length + 3) ?? (at < 0 ? undefined : texts[at + 1]);
}
