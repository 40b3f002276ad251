import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { Deployment, Namespace } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { NetworkingApp, OnlineBoutique, StarsDemo, StarsStep } from '../../constructs';
import '../../jest';
import { manifests } from '../../jest';
import { failure, lines, SHOP } from './failure';

const question = { from: 'frontend', to: 'backend', port: 6379 };

/** A chart with the Stars demo. */
function stars(step?: StarsStep): Chart {
  const chart = new Chart(new NetworkingApp(), 'stars');
  new StarsDemo(chart, 'demo', { step });
  return chart;
}

describe('manifests are', () => {
  const chart = stars();
  const objects = chart.toJson();
  const text = readFileSync('dist/stars/1-open.k8s.yaml', 'utf8');

  test.each<[string, string | object]>([
    ['a NetworkingApp', chart.node.root],
    ['a chart', chart],
    ['any construct', chart.node.findChild('demo')],
    ['a folder', 'dist/stars'],
    ['a list of files', ['dist/stars/1-open.k8s.yaml', 'dist/stars/4-backend-policy.k8s.yaml']],
    ['objects', objects],
    ['a kind: List', { apiVersion: 'v1', kind: 'List', items: objects }],
    ['a text', text],
    ['a list of these', [['dist/stars/1-open.k8s.yaml'], objects]],
    ['what manifests gives', manifests(chart)],
  ])('%s', (_, subject) => {
    expect(subject).toAllowConnection(question);
  });

  test('the App of cdk8s, whatever its charts depend on', () => {
    const app = new App();
    const namespaces = new Chart(app, 'namespaces');
    new Namespace(namespaces, 'shop', { metadata: { name: 'shop' } });
    const shop = new Chart(app, 'shop', { namespace: 'shop' });
    shop.addDependency(namespaces);
    new OnlineBoutique(shop, 'boutique');
    expect(app).toAllowConnection({ from: 'shop/frontend', to: 'shop/cartservice', port: 7070 });
  });

  test('read again for each assertion, so that later constructs and files count', () => {
    const chart = stars(StarsStep.OPEN);
    expect(chart).toAllowConnection({ from: 'client', to: 'backend' });
    new ApiObject(chart, 'deny', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny', namespace: 'stars' },
      spec: { podSelector: {} },
    });
    expect(chart).toDenyConnection({ from: 'client', to: 'backend' });

    const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
    try {
      const file = join(folder, 'stars.yaml');
      writeFileSync(file, text);
      expect(folder).toAllowConnection({ from: 'client', to: 'backend' });
      writeFileSync(file, `${text}\n---\n${readFileSync('dist/stars/2-default-deny.k8s.yaml')}`);
      expect(folder).toDenyConnection({ from: 'client', to: 'backend' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('read once where manifests says so', () => {
    const chart = stars(StarsStep.OPEN);
    const once = manifests(chart);
    expect(once).toAllowConnection({ from: 'client', to: 'backend' });
    new ApiObject(chart, 'wrong', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'NOT A NAME' } });
    expect(once).toAllowConnection({ from: 'client', to: 'backend' });
  });

  test('as the cluster takes them that manifests describes', () => {
    const pods = ['a', 'b'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'shop' },
      spec: { hostNetwork: true },
    }));
    const closed = [...pods, { ...policy('closed'), spec: { podSelector: {} } }];
    expect(closed).toAllowConnection({ from: 'a', to: 'b' });
    expect(manifests(closed, { hostNetwork: 'pod' })).toDenyConnection({ from: 'a', to: 'b' });
  });
});

function policy(name: string) {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'shop' } };
}

describe('manifests fail, with not as without,', () => {
  const FORMS = 'give a construct, the path of a file or folder, a text of YAML, an object, or a list of these';
  const reason = (subject: unknown) => {
    const plain = failure(() => expect(subject).toAllowConnection(question))
      .split('\n\n')
      .slice(1)
      .join('\n\n');
    expect(failure(() => expect(subject).not.toAllowConnection(question))).toContain(plain);
    return plain;
  };

  test('if nothing is there', () => {
    expect(reason('dist/nowhere')).toBe(
      'The manifests cannot be used:\n  dist/nowhere: there is no such file or folder',
    );
    expect(reason('')).toContain('"": the path is empty; "." is the folder in which you are');
    expect(reason('jest')).toContain('jest: there is no .yaml, .yml or .json file in this folder');
  });

  test('if they are something else', () => {
    expect(reason(undefined)).toBe(`expect is given undefined; ${FORMS}`);
    expect(reason({ frontend: { image: 'shop' } })).toBe(`expect is given { frontend: … }; ${FORMS}`);
    expect(reason([SHOP, [7]])).toBe(`objects[1][0] is given 7; ${FORMS}`);
    expect(reason([])).toBe(`the list of manifests is empty; ${FORMS}`);
    const options = { class: 'nginx' } as object;
    expect(failure(() => manifests(SHOP, options))).toBe(
      'options has class; it may have hostNetwork, nodes, pods, ipBlocks, otherPolicies, controller, ingressClass, gateway, assumeGateway, assumeServices, assumeSecrets, controllerVersion, configMap, step, input',
    );
  });

  test('if something in them is wrong, and tell where it stands', () => {
    const wrong = { ...policy('wrong'), spec: { podSelector: { matchExpressions: [{ key: 'a', operator: 'Is' }] } } };
    const message =
      'NetworkPolicy shop/wrong: spec.podSelector.matchExpressions[0].operator is "Is"; use In, NotIn, Exists or DoesNotExist';
    expect(reason([SHOP, wrong])).toBe(`The manifests cannot be used:\n  objects[1]: ${message}`);
    const text = readFileSync(SHOP, 'utf8').replace('port: 6379 }]\n---', 'port: 70000 }]\n---');
    expect(reason(text)).toMatch(/^The manifests cannot be used:\n {2}text:60: NetworkPolicy shop\/backend: .*70000/);
    const chart = new Chart(new App(), 'shop');
    new ApiObject(new Construct(chart, 'policies'), 'wrong', wrong);
    expect(reason(chart)).toBe(`The manifests cannot be used:\n  shop/policies/wrong: ${message}`);
  });

  test('if constructs are not valid, as synth would', () => {
    const chart = stars();
    chart.node.addValidation({ validate: () => ['a tls Secret is missing', 'stars: two canaries on one rule'] });
    const expected =
      'The manifests cannot be used:\n  stars: a tls Secret is missing\n  stars: two canaries on one rule';
    expect(reason(chart)).toBe(expected);
    expect(reason(chart.node.root)).toBe(expected);
  });
});

describe('a construct', () => {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  const boutique = new OnlineBoutique(chart, 'boutique');
  const part = (name: string) => boutique.node.findChild(name) as Construct;
  const web = new Deployment(chart, 'web', { containers: [{ image: 'web', portNumber: 8080 }] });
  const service = web.exposeViaService();
  const url = 'http://web.example.com/';
  new ApiObject(chart, 'ingress', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web' },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'web.example.com',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: service.name, port: { number: 8080 } } } },
              { path: '/shop', pathType: 'Prefix', backend: { service: { name: 'frontend', port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  });

  test('is the workload at or below it', () => {
    expect(chart).toAllowConnection({ from: web, to: part('frontend'), port: 8080 });
    expect(failure(() => expect(chart).toDenyConnection({ from: web, to: part('frontend'), port: 8080 }))).toBe(
      lines(`
        expect(manifests).toDenyConnection({ from: shop/web, to: shop/boutique/frontend, port: 8080 })

        Expected: TCP 8080 is closed
        Received: TCP 8080 is open

        shop/Deployment/${web.name} -> shop/Deployment/frontend: TCP 8080
          egress   no policy selects shop/Deployment/${web.name} for egress
          ingress  no policy selects shop/Deployment/frontend for ingress
      `),
    );
  });

  test('is the Service at or below it', () => {
    expect(chart).toRoute({ url }).toBackend(web);
    expect(chart).toRoute({ url }).toBackend(service);
    expect(chart).toRoute({ url: 'http://web.example.com/shop' }).toBackend(boutique.frontend);
    expect(chart).toRoute({ url: 'http://web.example.com/shop' }).not.toBackend(service);
  });

  test('fails, if several workloads or Services are below it', () => {
    expect(failure(() => expect(chart).toRoute({ url }).toBackend(part('frontend')))).toContain(
      'backend shop/boutique/frontend: there are 2 Services at or below this construct; choose one: shop/frontend, shop/frontend-external',
    );
    expect(failure(() => expect(chart).toDenyConnection({ from: web, to: boutique }))).toContain(
      'to shop/boutique: there are 12 workloads below this construct; choose one: shop/Deployment/frontend, ',
    );
  });

  test('fails, if no workload is below it', () => {
    expect(failure(() => expect(chart).toDenyConnection({ from: service, to: 'frontend' }))).toContain(
      '\n\nfrom shop/web/Service: there is no workload at or below this construct; give one that has one',
    );
    expect(failure(() => expect(chart).toRoute({ url }).toBackend(part('loadgenerator')))).toContain(
      '\n\nbackend shop/boutique/loadgenerator: there is no Service at or below this construct; give one that has one',
    );
  });

  test('fails, if it is not among the manifests', () => {
    const other = new Chart(new App(), 'other', { namespace: 'other' });
    const frontend = new Deployment(other, 'frontend', {
      metadata: { name: 'frontend' },
      containers: [{ image: 'web' }],
    });
    expect(failure(() => expect(chart).toAllowConnection({ from: frontend, to: web }))).toContain(
      '\n\nfrom other/frontend (other/Deployment/frontend): no workload has this name; did you mean shop/Deployment/frontend',
    );
  });
});
