import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { clusterScoped } from '../cluster-scoped';

interface App {
  /** The name of Deployment, Service and container, and the value of the label `role`. */
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  readonly port: number;
  readonly command?: string[];
  readonly nodePort?: number;
}

const COLLECT = 'calico/star-collect:multiarch';
const PROBE = 'calico/star-probe:multiarch';
const FRONTEND = 'http://frontend.stars:80/status';
const BACKEND = 'http://backend.stars:6379/status';
const CLIENT = 'http://client.client:9000/status';

const probe = (port: number | undefined, urls: string[]) => [
  'probe',
  ...(port === undefined ? [] : [`--http-port=${port}`]),
  `--urls=${urls.join(',')}`,
];

/** The namespaces and their labels. No policy looks for `stars` from outside, so it needs none. */
const NAMESPACES = [
  ['stars', undefined],
  ['management-ui', { role: 'management-ui' }],
  ['client', { role: 'client' }],
] as const;

const APPS: readonly App[] = [
  { name: 'management-ui', namespace: 'management-ui', image: COLLECT, port: 9001, nodePort: 30002 },
  {
    name: 'backend',
    namespace: 'stars',
    image: PROBE,
    port: 6379,
    command: probe(6379, [FRONTEND, BACKEND, CLIENT]),
  },
  { name: 'frontend', namespace: 'stars', image: PROBE, port: 80, command: probe(80, [FRONTEND, BACKEND, CLIENT]) },
  // It listens on 9000 without being told, and does not ask itself.
  { name: 'client', namespace: 'client', image: PROBE, port: 9000, command: probe(undefined, [FRONTEND, BACKEND]) },
];

/** Adds the three namespaces, then the four apps. */
export function addApps(scope: Construct): void {
  for (const [name, labels] of NAMESPACES) {
    clusterScoped(new k8s.KubeNamespace(scope, `${name}-namespace`, { metadata: { name, labels } }));
  }
  for (const app of APPS) {
    addApp(scope, app);
  }
}

function addApp(scope: Construct, { name, namespace, image, port, command, nodePort }: App): void {
  const labels = { role: name };
  new k8s.KubeService(scope, `${name}-service`, {
    metadata: { name, namespace },
    spec: {
      type: nodePort === undefined ? undefined : 'NodePort',
      selector: labels,
      ports: [{ port, protocol: 'TCP', targetPort: k8s.IntOrString.fromNumber(port), nodePort }],
    },
  });
  new k8s.KubeDeployment(scope, `${name}-deployment`, {
    metadata: { name, namespace, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            { name, image, imagePullPolicy: 'Always', command, ports: [{ containerPort: port, protocol: 'TCP' }] },
          ],
        },
      },
    },
  });
}
