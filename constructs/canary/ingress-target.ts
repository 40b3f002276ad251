import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { ExistingService } from '../existing-service';
import { type IngressRoute, ingressPath } from '../exposure/ingress';
import { keepNginxAnnotations, type NginxSettings, nginxAnnotations } from '../nginx-annotations';
import type { CanaryRule, CanaryTerm } from './canary-rule';

/** What is said to a target that can tell requests apart. */
export interface Canary {
  readonly service: ExistingService;
  readonly rule: CanaryRule;
  /** Annotations that a person adds. */
  readonly annotations?: { readonly [key: string]: string };
  readonly namespace: string | undefined;
}

/**
 * The Ingress that takes requests of another one's rule for the canary. The controller drops it in silence unless host,
 * path and path type are those of the other, so all three are taken from there.
 */
export function addCanaryIngress(scope: Construct, name: string, canary: Canary, route: IngressRoute): void {
  const { service, rule, namespace } = canary;
  const { className, host, path, pathType } = route;
  const settings = canarySettings(rule);
  const ingress = new k8s.KubeIngress(scope, `${name}-ingress`, {
    metadata: { name, namespace, annotations: { ...canary.annotations, ...nginxAnnotations(settings) } },
    spec: {
      ingressClassName: className,
      rules: [{ host, http: { paths: [ingressPath(service, path, pathType)] } }],
    },
  });
  keepNginxAnnotations(ingress, settings);
}

function canarySettings(rule: CanaryRule): NginxSettings {
  return Object.assign({ canary: true }, ...rule._terms.map(settingsOf));
}

function settingsOf(term: CanaryTerm): NginxSettings {
  switch (term.kind) {
    case 'header':
      return { canaryByHeader: term.name };
    case 'header-value':
      return { canaryByHeader: term.name, canaryByHeaderValue: term.value };
    case 'header-pattern':
      return { canaryByHeader: term.name, canaryByHeaderPattern: term.pattern };
    case 'cookie':
      return { canaryByCookie: term.name };
    case 'weight':
      return { canaryWeight: term.weight, canaryWeightTotal: term.options.total };
  }
}
