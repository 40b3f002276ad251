import { brief } from '../brief';

/**
 * Annotations, by how their keys begin, that say nothing of what becomes of requests:
 * - tools that apply, show or check manifests;
 * - DNS names and certificates, which others make of them: whether there is a certificate is read where it counts;
 * - what scrapes metrics, and what balances load in front of a Service that is open to the outside.
 */
const HARMLESS = [
  'kubectl.kubernetes.io/',
  'meta.helm.sh/',
  'helm.sh/',
  'argocd.argoproj.io/',
  'argo-cd.argoproj.io/',
  'link.argocd.argoproj.io/',
  'notified.notifications.argoproj.io/',
  'kustomize.toolkit.fluxcd.io/',
  'config.kubernetes.io/',
  'internal.config.kubernetes.io/',
  'cdk8s-networking/',
  'cdk8s.io/',
  'app.kubernetes.io/',
  'kubernetes.io/description',
  'reloader.stakater.com/',
  'checksum/',
  'external-dns.alpha.kubernetes.io/',
  'external-dns.kubernetes.io/',
  'cert-manager.io/',
  'acme.cert-manager.io/',
  'prometheus.io/',
  'service.beta.kubernetes.io/',
  'service.kubernetes.io/load-balancer',
  'deployment.kubernetes.io/',
];

/** Whether an annotation may change what becomes of requests. */
export function mayCount(key: string): boolean {
  return !HARMLESS.some((beginning) => key.startsWith(beginning));
}

/** The annotations of an object that may change what becomes of requests, each in words. */
export function annotationSettings(annotations: ReadonlyMap<string, string>): string[] {
  return [...annotations]
    .filter(([key]) => mayCount(key))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `the annotation ${key} is ${brief(value)}, which is not read`);
}
