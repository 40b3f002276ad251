import { ApiObject, App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { check, readManifests } from '../../analysis';
import {
  DefaultDenyNamespace,
  type DefaultDenyNamespaceProps,
  ExposedService,
  type ExposedServiceProps,
  Exposure,
  IngressNginx,
  NetworkingApp,
  Peer,
} from '../../constructs';
import '../../jest';
import type { Fields } from '../helpers/fields';

// The API server calls webhooks, and runs on no Pod: what it calls opens to it without a word.

const WEBHOOK: ExposedServiceProps = { image: 'registry.example/guard:1', port: 8443, servicePort: 443 };

function webhookConfiguration(
  at: Chart,
  id: string,
  service: Fields | undefined,
  kind = 'ValidatingWebhookConfiguration',
) {
  const webhooks = [
    { name: `${id}.example.com`, clientConfig: { service }, sideEffects: 'None', admissionReviewVersions: ['v1'] },
  ];
  return new ApiObject(at, id, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name: id },
    webhooks,
  } as never);
}

interface Made {
  readonly app: NetworkingApp;
  readonly at: Chart;
  readonly guard: DefaultDenyNamespace;
}
function closed(props: Partial<DefaultDenyNamespaceProps> = {}): Made {
  const app = new NetworkingApp();
  const at = new Chart(app, 'chart');
  return { app, at, guard: new DefaultDenyNamespace(at, 'guard', { name: 'guard', ...props }) };
}

const policies = (app: NetworkingApp): Fields[] =>
  app
    .manifestFiles()
    .flatMap(({ objects }) => objects)
    .filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name !== 'default-deny');
const blocksOf = (policy: Fields) => policy.spec.ingress[0].from.map(({ ipBlock }: Fields) => ipBlock.cidr);

/** What `check` says of manifests. */
function findingsOf(manifests: unknown): string {
  try {
    expect(manifests).toHaveNoFindings();
    return '';
  } catch (error) {
    return String(error);
  }
}

const API_SERVER = ['10.0.0.0/28'];

describe('a Service that the API server calls opens itself', () => {
  test.each([
    ['a ValidatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    ['a MutatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
  ])('because of %s, to its port alone', (_, kind) => {
    const { app, at, guard } = closed({ apiServer: API_SERVER });
    webhookConfiguration(at, 'hook', { namespace: 'guard', name: 'web' }, kind);
    new ExposedService(at, 'web', { ...WEBHOOK, namespace: guard });
    expect(policies(app)).toEqual([
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'web-allow-webhook-from-api-server', namespace: 'guard' },
        spec: {
          podSelector: { matchLabels: { app: 'web' } },
          policyTypes: ['Ingress'],
          ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/28' } }], ports: [{ port: 8443, protocol: 'TCP' }] }],
        },
      },
    ]);
    expect(app).toAllowConnection({ from: '10.0.0.1', to: 'guard/web', port: 8443 });
    expect(app).toDenyConnection({ from: '10.0.0.1', to: 'guard/web', port: 8080 });
    expect(app).toDenyConnection({ from: '10.0.1.1', to: 'guard/web' });
    expect(findingsOf(app)).not.toContain('webhook-closed');
  });

  test('and would be found to be closed if it did not', () => {
    const { app, at, guard } = closed();
    webhookConfiguration(at, 'hook', { namespace: 'guard', name: 'other' });
    new ExposedService(at, 'web', { ...WEBHOOK, namespace: guard });
    const objects = app.manifestFiles().flatMap((file) => file.objects);
    objects.find(({ kind }) => kind === 'ValidatingWebhookConfiguration').webhooks[0].clientConfig.service.name = 'web';
    expect(findingsOf(objects)).toContain('webhook-closed');
  });

  test('to every address, where nobody says where the API server is', () => {
    const { app, at, guard } = closed();
    new ExposedService(at, 'web', { ...WEBHOOK, namespace: guard });
    webhookConfiguration(at, 'hook', { namespace: 'guard', name: 'web' });
    expect(policies(app).map(blocksOf)).toEqual([['0.0.0.0/0', '::/0']]);
  });

  test('because of conversions of custom resources and of aggregated APIs', () => {
    const { app, at, guard } = closed({ apiServer: API_SERVER });
    const ports = [
      { name: 'convert', port: 9443 },
      { name: 'other', port: 9999 },
    ];
    new ExposedService(at, 'web', { ...WEBHOOK, namespace: guard, portName: 'https', ports });
    const service = { namespace: 'guard', name: 'web' };
    new ApiObject(at, 'crd', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: { conversion: { strategy: 'Webhook', webhook: { clientConfig: { service: { ...service, port: 9443 } } } } },
    } as never);
    const api = { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: 'v1.example.com' } };
    new ApiObject(at, 'api', { ...api, spec: { service } } as never);
    const open = policies(app).map(({ metadata, spec }) => [metadata.name, spec.ingress[0].ports[0].port]);
    expect(open).toEqual([
      ['web-allow-webhook-9443-from-api-server', 9443],
      ['web-allow-webhook-443-from-api-server', 8443],
    ]);
  });

  test('when no ExposedService is about it, by what it selects and its named port', () => {
    const { app, at } = closed({ apiServer: API_SERVER });
    new k8s.KubeService(at, 'plain', {
      metadata: { name: 'plain', namespace: 'guard' },
      spec: { selector: { role: 'guard' }, ports: [{ port: 443, targetPort: k8s.IntOrString.fromString('https') }] },
    });
    webhookConfiguration(at, 'hook', { namespace: 'guard', name: 'plain' });
    const [policy, ...others] = policies(app);
    expect(others).toEqual([]);
    expect(policy).toMatchObject({
      metadata: { name: 'plain-allow-webhook-from-api-server' },
      spec: {
        podSelector: { matchLabels: { role: 'guard' } },
        ingress: [{ ports: [{ port: 'https', protocol: 'TCP' }] }],
      },
    });
  });

  test('also that of the ingress controller, in a namespace that is closed', () => {
    const app = new NetworkingApp();
    const at = new Chart(app, 'chart');
    new IngressNginx(at, 'nginx');
    new DefaultDenyNamespace(at, 'closed', { name: 'ingress-nginx', existing: true, apiServer: API_SERVER });
    expect(app).toAllowConnection({ from: '10.0.0.1', to: 'ingress-nginx/ingress-nginx-controller', port: 8443 });
    expect(app).toDenyConnection({ from: '10.0.0.1', to: 'ingress-nginx/ingress-nginx-controller', port: 80 });
    expect(findingsOf(app)).not.toContain('webhook-closed');
  });

  test('whose Pods are closed by a policy alone', () => {
    const app = new NetworkingApp();
    const at = new Chart(app, 'chart', { namespace: 'guard' });
    const web = new ExposedService(at, 'web', WEBHOOK);
    web.allowFrom(Peer.pods({ app: 'client' }));
    webhookConfiguration(at, 'hook', { namespace: 'guard', name: 'web' });
    expect(app).toAllowConnection({ from: '203.0.113.9', to: 'guard/web', port: 8443 });
    expect(policies(app).map(({ metadata }) => metadata.name)).toEqual([
      'web-allow-from-client',
      'web-allow-webhook-from-anywhere',
    ]);
  });
});

describe('nothing is opened', () => {
  test.each<[string, Fields | undefined]>([
    ['for a webhook elsewhere, by its URL', undefined],
    ['for a Service of another namespace', { namespace: 'other', name: 'web' }],
    ['for a Service that the app does not make', { namespace: 'guard', name: 'other' }],
    ['for a port that the Service does not have', { namespace: 'guard', name: 'web', port: 8443 }],
  ])('%s', (_, service) => {
    const { app, at, guard } = closed();
    new ExposedService(at, 'web', { ...WEBHOOK, namespace: guard });
    webhookConfiguration(at, 'hook', service);
    expect(policies(app)).toEqual([]);
  });

  test('beside what an exposure as a webhook opens already', () => {
    const { app, at, guard } = closed();
    const exposure = Exposure.webhook({ apiServer: API_SERVER });
    new ExposedService(at, 'web', { ...WEBHOOK, namespace: guard, exposure });
    webhookConfiguration(at, 'hook', { namespace: 'guard', name: 'web' });
    expect(policies(app).map(blocksOf)).toEqual([API_SERVER]);
  });
});

describe('the same is opened', () => {
  const parts: readonly ((at: Chart) => void)[] = [
    (at) => void new DefaultDenyNamespace(at, 'guard', { name: 'guard', apiServer: API_SERVER }),
    (at) => void new ExposedService(at, 'web', { ...WEBHOOK, namespace: { name: 'guard' } }),
    (at) => void webhookConfiguration(at, 'hook', { namespace: 'guard', name: 'web' }),
  ];
  const namesOf = (objects: readonly Fields[]) => objects.map(({ metadata }) => metadata.name).sort();
  const EXPECTED = ['default-deny', 'guard', 'hook', 'web', 'web', 'web-allow-webhook-from-api-server'];

  test.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 2, 0]]])('in whichever order they are made: %j', (order) => {
    const at = new Chart(new App(), 'chart');
    for (const part of order) {
      parts[part]?.(at);
    }
    expect(namesOf(at.toJson())).toEqual(EXPECTED);
    expect(namesOf(at.toJson())).toEqual(EXPECTED);
  });

  test('across charts, in one validation of the app and in those of its charts', () => {
    const app = new NetworkingApp();
    for (const [at, make] of parts.entries()) {
      make(new Chart(app, `chart-${at}`));
    }
    expect(namesOf(app.manifestFiles().flatMap(({ objects }) => objects))).toEqual(EXPECTED);
    const [, second] = app.charts;
    const later = new ExposedService(second as Chart, 'later', { ...WEBHOOK, namespace: { name: 'guard' } });
    webhookConfiguration(Chart.of(later), 'second-hook', { namespace: 'guard', name: 'later' });
    expect(second).toAllowConnection({ from: '10.0.0.1', to: 'guard/later', port: 8443 });
    expect(namesOf(app.manifestFiles().flatMap(({ objects }) => objects))).toHaveLength(EXPECTED.length + 4);
  });

  test('by an app of cdk8s, also in its files', () => {
    const app = new App();
    const at = new Chart(app, 'chart');
    for (const make of parts) {
      make(at);
    }
    expect(app.synthYaml()).toContain('web-allow-webhook-from-api-server');
  });
});

test('the kinds that are read are kinds of cdk8s-plus too', () => {
  const { app, at, guard } = closed({ apiServer: API_SERVER });
  new ExposedService(at, 'web', { ...WEBHOOK, namespace: guard });
  new k8s.KubeMutatingWebhookConfiguration(at, 'hook', {
    metadata: { name: 'hook' },
    webhooks: [
      {
        name: 'a.example.com',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        clientConfig: { service: { name: 'web', namespace: 'guard' } },
      },
    ],
  });
  expect(policies(app)).toHaveLength(1);
});

describe('of a Service that something else makes', () => {
  test('nothing is opened, and check tells of it', () => {
    const { app, at } = closed();
    webhookConfiguration(at, 'hook', { namespace: 'guard', name: 'theirs' });
    expect(policies(app)).toEqual([]);
    const { findings } = check(readManifests(app.synthYaml(), 'all.yaml').manifests);
    expect(findings.filter(({ code }) => code === 'webhook-closed')).toMatchObject([
      { severity: 'info', args: { service: 'guard/theirs', workload: undefined } },
    ]);
  });

  test('just the port of its Pods is opened where somebody says what they are', () => {
    const { app, at, guard } = closed({ apiServer: API_SERVER });
    webhookConfiguration(at, 'hook', { namespace: 'guard', name: 'theirs' });
    const existing = { name: 'theirs', port: 443, targetPort: 8443, podLabels: { app: 'theirs' }, namespace: guard };
    new ExposedService(at, 'theirs', { existing, exposure: Exposure.webhook({ apiServer: API_SERVER }) });
    expect(policies(app).map(({ spec }) => spec.ingress[0].ports)).toEqual([[{ port: 8443, protocol: 'TCP' }]]);
    const { findings } = check(readManifests(app.synthYaml(), 'all.yaml').manifests);
    expect(findings.filter(({ code }) => code === 'webhook-closed')).toEqual([]);
  });
});
