/** How a cluster for a benchmark looks. */
export interface ClusterSize {
  readonly workloads: number;
  readonly policies: number;
  readonly namespaces: number;
  /**
   * - `closed`: every namespace denies what is not allowed, so the answer grows with the number of workloads;
   * - `tenth-open`: one namespace in ten has no policy, and everybody may enter it;
   * - `open`: the policies are there, but each allows everything;
   * - `told-apart`: everybody may connect to everybody on a port of its own, so that no two workloads are alike;
   * - `all-but-one`: every policy names all workloads but one, each another: the worst for sets.
   */
  /** So many ClusterNetworkPolicies stand around the NetworkPolicies; none where it is left out. */
  readonly admin?: number;
  readonly kind: 'closed' | 'tenth-open' | 'open' | 'told-apart' | 'all-but-one';
}

const TIERS = ['web', 'api', 'db', 'job'];

/** Makes the same objects for the same size: namespaces of teams, workloads in tiers, and policies as people write them. */
export function clusterOf(size: ClusterSize): object[] {
  const { workloads, policies, namespaces, kind, admin = 0 } = size;
  return [
    ...range(namespaces).map((index) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace(index),
        labels: { team: `team-${index % 20}`, kind: index === 0 ? 'system' : 'app' },
      },
    })),
    ...range(workloads).map((index) => deployment(index, namespaces, kind)),
    ...range(policies).map((index) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `policy-${index}`, namespace: namespace(index % namespaces) },
      spec: specOf(Math.floor(index / namespaces), index % namespaces, index, size),
    })),
    ...range(admin).map((index) => ({
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: `admin-${index}` },
      spec: adminSpec(index),
    })),
  ];
}

function range(count: number): number[] {
  return [...Array(count).keys()];
}

function namespace(index: number): string {
  return `ns-${index}`;
}

function deployment(index: number, namespaces: number, kind: ClusterSize['kind']): object {
  const tier = TIERS[Math.floor(index / namespaces) % TIERS.length];
  const port = kind === 'told-apart' ? 1024 + (index % 60_000) : 8080;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `app-${index}`, namespace: namespace(index % namespaces) },
    spec: {
      template: {
        metadata: { labels: { app: `app-${index}`, tier, version: `v${index % 3}` } },
        spec: { containers: [{ name: 'main', image: 'app', ports: [{ name: 'http', containerPort: port }] }] },
      },
    },
  };
}

/** What admins write: monitoring in, a tenant away from another, leave to the teams, and a default behind it all. */
function adminSpec(index: number): object {
  const team = { namespaces: { matchLabels: { team: `team-${index % 20}` } } };
  const next = { namespaces: { matchLabels: { team: `team-${(index + 7) % 20}` } } };
  const everybody = { namespaces: {} };
  const ports = [{ tcp: { destinationPort: { number: 9000 + index } } }];
  const specs = [
    {
      tier: 'Admin',
      subject: everybody,
      ingress: [{ action: 'Accept', from: [{ namespaces: { matchLabels: { kind: 'system' } } }], protocols: ports }],
    },
    { tier: 'Admin', subject: team, ingress: [{ action: 'Deny', from: [next] }] },
    {
      tier: 'Admin',
      subject: team,
      egress: [
        { action: 'Pass', to: [team] },
        { action: 'Deny', to: [{ networks: [`10.${index}.0.0/16`] }, next] },
      ],
    },
    {
      tier: 'Baseline',
      subject: team,
      ingress: [
        { action: 'Accept', from: [team] },
        { action: 'Deny', from: [everybody] },
      ],
    },
  ];
  return { priority: index, ...specs[index % specs.length] };
}

function specOf(number: number, inNamespace: number, index: number, { kind, namespaces }: ClusterSize): object {
  if (kind === 'open') {
    return { podSelector: { matchLabels: { version: `v${number % 3}` } }, ingress: [{}], egress: [{}] };
  }
  if (kind === 'told-apart') {
    return { podSelector: {}, ingress: [{ ports: [{ port: 'http' }, { port: 1 + (index % 1000) }] }] };
  }
  if (kind === 'all-but-one') {
    const allBut = (app: number) => ({
      namespaceSelector: {},
      podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: [`app-${app}`] }] },
    });
    return {
      podSelector: {},
      ingress: [{ from: [allBut(index)], ports: [{ port: 1 + (index % 65_000) }] }],
      egress: [{ to: [allBut(index + 1)] }],
    };
  }
  if (kind === 'tenth-open' && inNamespace % 10 === 1) {
    return { podSelector: { matchLabels: { app: 'nobody' } } };
  }
  const tier = (name: string) => ({ podSelector: { matchLabels: { tier: name } } });
  const neighbour = namespace((inNamespace + 1) % namespaces);
  const specs = [
    { podSelector: {}, policyTypes: ['Ingress'] },
    {
      ...tier('web'),
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { kind: 'system' } } }], ports: [{ port: 'http' }] }],
    },
    {
      ...tier('api'),
      ingress: [{ from: [tier('web'), { ...tier('job') }], ports: [{ port: 8080 }, { port: 9000, endPort: 9010 }] }],
    },
    {
      ...tier('db'),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [tier('api')], ports: [{ port: 5432 }] }],
      egress: [
        { ports: [{ protocol: 'UDP', port: 53 }] },
        { to: [{ ipBlock: { cidr: `10.${inNamespace % 250}.0.0/16`, except: [`10.${inNamespace % 250}.7.0/24`] } }] },
      ],
    },
    {
      podSelector: { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['db'] }] },
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': neighbour } }, ...tier('web') }],
        },
      ],
    },
    {
      podSelector: { matchLabels: { version: 'v0' } },
      ingress: [{ from: [{ ipBlock: { cidr: '192.168.0.0/16' } }], ports: [{ port: 443 }] }],
    },
  ];
  return specs[number % specs.length] as object;
}
