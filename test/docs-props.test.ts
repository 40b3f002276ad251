import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicApi } from './constructs/wrong-values/public-api';

const ROOT = join(__dirname, '..');

/** Where settings are told of, by the beginning of the names of their interfaces; the first that fits counts. */
const PAGES: readonly [name: RegExp, page: string][] = [
  [/^(Admin|Baseline|ClusterPolicy)/, 'admin-policy'],
  [/^(ArgoRollouts|Flagger|Delivery|BlueGreenRollout|MetricRange|SessionAffinity)/, 'progressive-delivery'],
  [/^Argo/, 'argocd-apps'],
  [/^Calico/, 'calico'],
  [/^Canary/, 'canary-ingress'],
  [/^CertManagerTls/, 'tls'],
  [/^Certificate/, 'certificate'],
  [/^(Acme|SelfSigned|Http01|Dns01)/, 'issuer'],
  [/^(ExposedService|ServicePort|ExistingService|ContainerResources|ResourceAmounts|AllowFrom)/, 'exposed-service'],
  [/^(AllowOptions|Metrics|DefaultDeny|ClusterDns)/, 'default-deny-namespace'],
  [/^(ClusterInternal|Webhook|Grpc|TlsPassthrough|NodePort|LoadBalancer|AwsNetwork|IngressExposure)/, 'exposure'],
  [/^(Gateway|ExistingGateway|HttpsListener)/, 'gateway'],
  [/^Game2048/, 'game-2048'],
  [/^IngressNginx/, 'ingress-nginx'],
  [/^NetworkingApp/, 'networking-app'],
  [/^OnlineBoutique/, 'online-boutique'],
  [/^StarsDemo/, 'stars-demo'],
];

const INTERFACES = [...publicApi().interfaces].filter(([name]) => PAGES.some(([known]) => known.test(name)));

/** What a page shows as code. */
function codeOf(page: string): string {
  const text = readFileSync(join(ROOT, 'docs', `${page}.md`), 'utf8');
  return [...text.matchAll(/```.*?```|`[^`]+`/gs)].map(([code]) => code).join('\n');
}

test.each(INTERFACES)('the page of %s names every setting', (name, fields) => {
  const page = PAGES.find(([known]) => known.test(name))?.[1] ?? '';
  const code = codeOf(page);
  const missing = fields.filter((field) => !new RegExp(String.raw`\b${field.name}\b`).test(code));
  expect(missing.map((field) => `${page}: ${field.name}`)).toEqual([]);
});

test('no interface of settings is without a page', () => {
  const others = [...publicApi().interfaces.keys()].filter((name) => !INTERFACES.some(([known]) => known === name));
  expect(others.sort()).toEqual([
    'ClusterServicePort',
    'IAcmeGateway',
    'IClusterService',
    'IGateway',
    'INamespace',
    'IPeer',
    'IWorkload',
    'IWorkloadContainer',
    'ManifestFile',
    'WorkloadPort',
  ]);
});
