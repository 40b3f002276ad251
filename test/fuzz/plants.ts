import type { Fields } from '../helpers/fields';

// Mistakes that nobody would want to be passed over: objects, each with one, and what a message about it names.

const service = (ports: unknown): Fields => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { app: 'web' }, ports },
});
const ingress = (spec: object): Fields => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { ingressClassName: 'nginx', ...spec },
});
const policy = (spec: object): Fields => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'web', namespace: 'shop' },
  spec,
});
const backend = { service: { name: 'web', port: { number: 80 } } };

export const PLANTS: readonly (readonly [name: string, object: Fields, named: string])[] = [
  ['a Service port of 0', service([{ port: 0 }]), 'spec.ports[0].port'],
  ['a Service port that is null', service([{ port: null }]), 'spec.ports[0].port'],
  ['a Service port that is text', service([{ port: 'http' }]), 'spec.ports[0].port'],
  ['text for a port of a Service', service(['text']), 'spec.ports[0]'],
  ['text for the ports of a Service', service('text'), 'spec.ports'],
  [
    'a misspelt field of a Service',
    { ...service([{ port: 80 }]), spec: { selectors: {}, ports: [{ port: 80 }] } },
    'spec.selectors',
  ],
  ['a misspelt field of a port', service([{ port: 80, targetport: 8080 }]), 'targetport'],
  ['an unknown field of an Ingress', ingress({ rule: [], defaultBackend: backend }), 'spec.rule'],
  ['text for a rule of an Ingress', ingress({ rules: ['text'] }), 'spec.rules[0]'],
  ['text for the rules of an Ingress', ingress({ rules: 'text' }), 'spec.rules'],
  ['text for a path of an Ingress', ingress({ rules: [{ http: { paths: ['text'] } }] }), 'spec.rules[0].http.paths[0]'],
  ['a misspelt field of a NetworkPolicy', policy({ podSelector: {}, egres: [] }), 'spec.egres'],
  [
    'a misspelt field of a peer',
    policy({ podSelector: {}, ingress: [{ from: [{ podselector: {} }] }] }),
    'podselector',
  ],
  ['a port of a NetworkPolicy that is 0', policy({ podSelector: {}, ingress: [{ ports: [{ port: 0 }] }] }), 'port'],
  [
    'a block that is none',
    policy({ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }] }),
    'cidr',
  ],
  [
    'an operator that is none',
    policy({ podSelector: { matchExpressions: [{ key: 'a', operator: 'in' }] } }),
    'operator',
  ],
  ['a kind that is misspelt', { ...policy({ podSelector: {} }), kind: 'NetworkPolicies' }, 'NetworkPolic'],
  [
    'a version that is no longer served',
    { ...ingress({ rules: [] }), apiVersion: 'extensions/v1beta1' },
    'extensions/v1beta1',
  ],
];
