// What clusters of odd shapes are put together from.

/** The namespaces of one team. */
export function team(index: number): object {
  return { matchLabels: { team: `team-${index % 50}` } };
}

export function range(count: number): number[] {
  return [...Array(count).keys()];
}

export function notNamed(values: readonly string[]): object {
  return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values }] };
}

/** Of twenty labels about half, each time others. */
export function halves(index: number): object {
  return Object.fromEntries(range(20).map((label) => [`half-${label}`, mixed(index, label) % 2 === 0 ? 'yes' : 'no']));
}

/** A number that follows from two, but in no way that one sees. */
export function mixed(a: number, b: number): number {
  let hash = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 7, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 1;
}

export function app(index: number): object {
  return { matchLabels: { app: `app-${index}` } };
}

/** All workloads but some. */
export function allBut(indices: readonly number[]): object {
  return { matchExpressions: [{ key: 'app', operator: 'NotIn', values: indices.map((index) => `app-${index}`) }] };
}

export function block(index: number): string {
  return `10.${index >> 8}.${index & 255}.0/24`;
}

const HTTP = [{ name: 'http', containerPort: 8080 }];

export function deployment(
  index: number,
  namespace: number,
  labels: object = {},
  ports: readonly object[] = HTTP,
): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `app-${index}`, namespace: `ns-${namespace}` },
    spec: {
      template: {
        metadata: { labels: { app: `app-${index}`, ...labels } },
        spec: { containers: [{ name: 'main', image: 'app', ports }] },
      },
    },
  };
}

export function policy(index: number, namespace: number, spec: object): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `policy-${index}`, namespace: `ns-${namespace}` },
    spec,
  };
}
