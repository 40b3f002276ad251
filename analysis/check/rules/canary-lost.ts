import { listIn } from '../../manifest/lists';
import type { Facts } from '../facts/facts';
import {
  classOf,
  type IngressPath,
  ingressPaths,
  isOfOther,
  nginxAnnotation,
  nginxAnnotationPath,
  nginxAnnotations,
  nginxFlag,
} from '../facts/nginx';
import { defineRule, type Found, type Related } from '../rule';

/** What the findings of `canary-lost` hold. */
export interface CanaryLost {
  /**
   * Why the canary does nothing: no other Ingress has its host and path, or has them with another pathType; another canary is
   * there already; it has no rule; it is switched off, and what it has of a canary does nothing, or it is left behind beside the
   * main Ingress as a second one; or it leads to the Service of the main Ingress.
   */
  readonly reason: 'no-main' | 'path-type' | 'second' | 'no-rule' | 'off' | 'left' | 'same-service';
  readonly host: string;
  readonly path: string;
  /** The value that is there, or the Service. */
  readonly value: string | undefined;
}

/** Annotations that say who is sent to a canary. */
const RULES = ['canary-weight', 'canary-by-header', 'canary-by-cookie'];

/**
 * A canary Ingress that ingress-nginx drops in silence, or that sends nobody anywhere.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary
 */
export const rule = defineRule({
  code: 'canary-lost',
  severity: 'error',
  reads: ['Ingress'],
  *check(facts: Facts): Generator<Found<CanaryLost>> {
    const mains = new Map<string, IngressPath[]>();
    const canaries = new Map<string, IngressPath[]>();
    for (const path of facts.once(ingressPaths).filter(({ manifest }) => !isOfOther(manifest))) {
      listIn(isCanary(path) ? canaries : mains, keyOf(path)).push(path);
    }
    for (const [key, [first, ...others]] of canaries) {
      for (const other of others.filter(({ manifest }) => manifest !== first?.manifest)) {
        yield found(other, 'second', undefined, related(first));
      }
      if (first !== undefined) {
        yield* mainFindings(first, mains.get(key) ?? []);
      }
    }
    for (const [first, ...others] of mains.values()) {
      // Flagger leaves its canary so between two releases.
      const left = [first, ...others].find((path) => path !== undefined && isLeft(path));
      const other = [first, ...others].find((path) => path !== undefined && path.manifest !== left?.manifest);
      if (left !== undefined && other !== undefined) {
        const at = nginxAnnotationPath('canary');
        yield { ...found({ ...left, at }, 'left', left.service, related(other)), severity: 'warning' };
      }
    }
    for (const manifest of facts.of('networking.k8s.io/Ingress').filter((one) => !isOfOther(one))) {
      const own = nginxAnnotations(manifest).filter((name) => name.startsWith('canary-'));
      const value = nginxAnnotation(manifest, 'canary');
      const at = { manifest, at: nginxAnnotationPath('canary'), host: '', path: '' };
      const isOn = nginxFlag(manifest, 'canary') === true;
      if (isOn && !RULES.some((name) => isRule(name, nginxAnnotation(manifest, name)))) {
        yield { ...found(at, 'no-rule', nginxAnnotation(manifest, 'canary-weight')), severity: 'warning' };
      } else if (!isOn && own.length > 0) {
        yield { ...found({ ...at, at: nginxAnnotationPath(own[0] as string) }, 'off', value), severity: 'warning' };
      }
    }
  },
});

function* mainFindings(canary: IngressPath, mains: readonly IngressPath[]): Generator<Found<CanaryLost>> {
  const main = mains.find(({ type }) => type === canary.type);
  if (main === undefined) {
    const [other] = mains;
    yield found(canary, other === undefined ? 'no-main' : 'path-type', other?.type, related(other));
  } else if (main.service === canary.service && main.manifest.namespace === canary.manifest.namespace) {
    yield { ...found(canary, 'same-service', main.service, related(main)), severity: 'warning' };
  }
}

function found(
  { manifest, at, host, path }: Pick<IngressPath, 'manifest' | 'at' | 'host' | 'path'>,
  reason: CanaryLost['reason'],
  value?: string,
  others: readonly Related[] = [],
): Found<CanaryLost> {
  return { manifest, path: at, args: { reason, host, path, value }, related: others };
}

function related(path: IngressPath | undefined): readonly Related[] {
  return path === undefined ? [] : [{ role: 'because', manifest: path.manifest, path: path.at }];
}

function isCanary({ manifest }: IngressPath): boolean {
  return nginxFlag(manifest, 'canary') === true;
}

function isLeft({ manifest }: IngressPath): boolean {
  return (
    nginxFlag(manifest, 'canary') === false && !nginxAnnotations(manifest).some((name) => name.startsWith('canary-'))
  );
}

function isRule(name: string, value: string | undefined): boolean {
  return value !== undefined && value !== '' && !(name === 'canary-weight' && Number(value) === 0);
}

/** Controllers of different classes may have the same hosts, as one for inside and one for outside. */
function keyOf({ manifest, host, path }: IngressPath): string {
  return `${classOf(manifest)} ${host} ${path}`;
}
