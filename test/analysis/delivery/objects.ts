import type { Fields } from '../../helpers/fields';

const NAMESPACE = 'shop';

export function deployment(name: string, labels: Fields, more: Fields = {}): Fields {
  const container = { name: 'web', image: 'registry.example/web:1', ports: [{ containerPort: 8080 }] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
      ...more,
    },
  };
}

export function service(name: string, selector: Fields): Fields {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: NAMESPACE },
    spec: { selector, ports: [{ port: 80, targetPort: 8080 }] },
  };
}

export function ingress(backend: string, more: Fields = {}): Fields {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: NAMESPACE, ...more },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'shop.example.com',
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: backend, port: { number: 80 } } } }],
          },
        },
      ],
    },
  };
}

export const GATEWAY = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'web', namespace: NAMESPACE },
  spec: { gatewayClassName: 'eg', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
};

export function route(backends: readonly (readonly [string, number])[]): Fields {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'web', namespace: NAMESPACE },
    spec: {
      parentRefs: [{ name: 'web' }],
      hostnames: ['shop.example.com'],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: backends.map(([name, weight]) => ({ name, port: 80, weight })),
        },
      ],
    },
  };
}

export function rollout(steps: readonly Fields[], trafficRouting: Fields | undefined, spec: Fields = {}): Fields {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'web', namespace: NAMESPACE },
    spec: {
      workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      strategy: { canary: { stableService: 'web', canaryService: 'web-canary', steps, trafficRouting } },
      ...spec,
    },
  };
}

export function canary(analysis: Fields, spec: Fields, own: Fields = {}): Fields {
  return {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: { name: 'web', namespace: NAMESPACE },
    spec: {
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      service: { port: 80, targetPort: 8080, ...own },
      analysis: { interval: '1m', threshold: 5, ...analysis },
      ...spec,
    },
  };
}
