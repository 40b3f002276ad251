import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, type Manifest, Routes, readManifests, whyText } from '../../../analysis';
import { packed, unpacked } from '../../../report/page/pack';

const ROOT = join(__dirname, '../../..');

/** All manifests of a folder, with their files as somebody names them. */
function manifestsIn(folder: string): Manifest[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .flatMap((file) => readManifests(readFileSync(join(ROOT, folder, file), 'utf8'), `${folder}/${file}`).manifests);
}

/** Everything that a page answers, in words with their lines. */
function answers(manifests: readonly Manifest[]): unknown {
  const cluster = Cluster.from({ manifests }, { input: 'tolerant' });
  const targets = [{ input: 'tolerant' as const }, { ingressClass: 'nginx' }, { gateway: 'default/shop' }];
  const peers = [...cluster.workloads.slice(0, 14), ...cluster.externals.slice(0, 3)];
  const explained = peers.flatMap((from) =>
    peers.flatMap((to) =>
      'ipRange' in from && 'ipRange' in to
        ? []
        : [cluster.explain(from, to)].map((one) => [whyText(one), one.ports, one.egress.rules, one.ingress.rules]),
    ),
  );
  return {
    connections: [...cluster.connections()].slice(0, 3000),
    explained,
    exposures: cluster.exposures(),
    unseen: [...cluster.unseen()],
    notes: cluster.notes,
    services: cluster.services(),
    problems: [...cluster.problems, ...cluster.warnings],
    routes: targets.map((options) => {
      const { notes, problems, warnings, elsewhere, attached, ...routes } = Routes.of({ manifests }, options);
      const names = attached?.map(({ name }) => name);
      return {
        notes,
        problems,
        warnings,
        elsewhere,
        names,
        table: Routes.of({ manifests }, options).table(),
        of: routes.server,
      };
    }),
  };
}

const FOLDERS = [
  ...['dist', 'dist/gateway-api', 'dist/calico', 'dist/cluster-policy'],
  ...readdirSync(join(ROOT, 'test/cli/fixtures'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'broken')
    .map(({ name }) => `test/cli/fixtures/${name}`),
];

test.each(FOLDERS)('a page that carries the manifests of %s answers as they do', (folder) => {
  const manifests = manifestsIn(folder);
  expect(manifests.length).toBeGreaterThan(0);
  const carried = unpacked(JSON.parse(JSON.stringify(packed(manifests))));
  expect(answers(carried)).toEqual(answers(manifests));
});

const SECRETS = `
apiVersion: v1
kind: Secret
metadata: { name: login, annotations: { kubectl.kubernetes.io/last-applied-configuration: TOPSECRET } }
stringData: { password: TOPSECRET }
data: { tls.key: TOPSECRET }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { url: TOPSECRET }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      volumes: [{ name: TOPSECRET, hostPath: { path: / } }]
      initContainers: [{ name: init, image: init, env: [{ name: A, value: TOPSECRET }] }]
      containers: [{ name: web, image: web, command: [TOPSECRET], args: [TOPSECRET], env: [{ name: A, value: TOPSECRET }] }]
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: web }
spec: { scaleTargetRef: { name: web }, triggers: [{ type: redis, metadata: { password: TOPSECRET } }] }
---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: db }
spec: { bootstrap: { password: TOPSECRET } }
---
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: vm }
spec:
  template:
    metadata: { labels: { app: vm } }
    spec:
      domain: { devices: { interfaces: [{ name: net, ports: [{ port: 80 }] }] }, firmware: { uuid: TOPSECRET } }
      volumes: [{ cloudInitNoCloud: { userData: TOPSECRET } }]
`;

test('a page carries no values of Secrets and ConfigMaps, environment, commands, volumes or triggers', () => {
  const { manifests } = readManifests(SECRETS, 'secrets.yaml');
  expect(manifests.length).toBe(6);
  expect(JSON.stringify(packed(manifests))).not.toContain('TOPSECRET');
});

test('lines of fields are those of the text', () => {
  const text = readFileSync(join(ROOT, 'dist/stars/4-backend-policy.k8s.yaml'), 'utf8');
  const { manifests } = readManifests(text, 'policy.yaml');
  const [carried] = unpacked(packed(manifests));
  expect(carried?.source.lineOf(['spec', 'ingress', 0, 'from'])).toBe(
    manifests[0]?.source.lineOf(['spec', 'ingress', 0, 'from']),
  );
  expect(carried?.source.lineOf(['spec', 'nothing', 3])).toBe(carried?.source.lineOf(['spec']));
});
