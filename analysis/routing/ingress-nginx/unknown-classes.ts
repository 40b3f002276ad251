import type { ElsewhereRoute } from '../gateway-api/elsewhere';
import { sortedText } from '../sorted-text';
import type { NotServed } from './classes';
import type { Ingress } from './ingress';

/** Ingresses whose class is not among the manifests, as routes of which nobody knows whether they are served. */
export function routesOfUnknownClasses(ingresses: ReadonlyMap<Ingress, NotServed>): readonly ElsewhereRoute[] {
  return [...ingresses].map(([{ key, rules, manifest }, { why, isOpen }]) => ({
    parent: 'IngressClass',
    name: `Ingress ${key}`,
    why: isOpen ? `may be served or not: ${why}` : `is taken as not served: ${why}`,
    example: exampleOf(rules),
    text: sortedText({ annotations: Object.fromEntries(manifest.annotations), spec: manifest.object.spec }),
  }));
}

function exampleOf(rules: Ingress['rules']): string {
  const { host = 'other.example', paths = [] } = rules.find((rule) => rule.host !== undefined) ?? rules[0] ?? {};
  const plain = paths.find(({ pathType }) => pathType !== 'ImplementationSpecific');
  return `http://${host.replace(/^\*/, 'www')}${plain?.path || '/'}`;
}
