import type { Manifest } from '../manifest';
import { type Fields, mappingAt, mappingsIn, textIn } from './fields';
import { madeBy, named } from './made';
import type { RolloutRouting } from './rollout-routing';

const PREFIX = 'nginx.ingress.kubernetes.io';
const OLD_CLASS = 'kubernetes.io/ingress.class';

/**
 * The canary Ingresses that the controller makes of those that lead to the stable Service: of each, the rules that do so, with
 * the canary Service in its place.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/nginx/
 */
export function canaryIngresses(
  rollout: Manifest,
  manifests: readonly Manifest[],
  routing: RolloutRouting,
  weight: number,
): readonly Manifest[] {
  const { namespace = 'default' } = rollout;
  return routing.ingresses.flatMap((name) => {
    const stable = named(manifests, { group: 'networking.k8s.io', kind: 'Ingress', namespace, name });
    const rules = stable === undefined ? [] : rulesOf(mappingsIn(mappingAt(stable.object, 'spec').rules), routing);
    if (stable === undefined || rules.length === 0) {
      return [];
    }
    const { ingressClassName, tls } = mappingAt(stable.object, 'spec');
    const oldClass = stable.annotations.get(OLD_CLASS);
    const object = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: `${`${rollout.name}-${name}`.slice(0, 253 - '-canary'.length)}-canary`,
        namespace,
        annotations: {
          ...(oldClass === undefined ? {} : { [OLD_CLASS]: oldClass }),
          ...annotationsOf(routing, weight),
        },
      },
      spec: {
        ...(ingressClassName === undefined ? {} : { ingressClassName }),
        ...(tls === undefined ? {} : { tls }),
        rules,
      },
    };
    return madeBy(rollout, [object]);
  });
}

function rulesOf(rules: readonly Fields[], { stableService, canaryService }: RolloutRouting): readonly Fields[] {
  return rules.flatMap((rule) => {
    const http = mappingAt(rule, 'http');
    const paths = mappingsIn(http.paths);
    const isStable = (path: Fields) => textIn(mappingAt(path, 'backend', 'service').name) === stableService;
    const moved = paths.map((path) => {
      const service = mappingAt(path, 'backend', 'service');
      return isStable(path) ? { ...path, backend: { service: { ...service, name: canaryService } } } : path;
    });
    return paths.some(isStable) ? [{ ...rule, http: { ...http, paths: moved } }] : [];
  });
}

function annotationsOf({ nginx, maxTrafficWeight }: RolloutRouting, weight: number): Fields {
  const prefix = textIn(nginx.annotationPrefix) ?? PREFIX;
  const added = Object.entries(mappingAt(nginx, 'additionalIngressAnnotations')).map(([key, value]) => [
    key.startsWith(prefix) ? key : `${prefix}/${key}`,
    value,
  ]);
  return {
    ...mappingAt(nginx, 'canaryIngressAnnotations'),
    ...Object.fromEntries(added),
    [`${prefix}/canary`]: 'true',
    [`${prefix}/canary-weight`]: String(weight),
    ...(maxTrafficWeight === undefined ? {} : { [`${prefix}/canary-weight-total`]: String(maxTrafficWeight) }),
  };
}
