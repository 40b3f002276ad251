import type { Chart } from 'cdk8s';
import { StarsDemo, type StarsDemoProps, StarsStep } from '../../constructs';
import type { Fields } from '../helpers/api-defaults';
import { find, objectsOf, refusal, yamlOf } from '../helpers/synth';

const STEPS = Object.values(StarsStep);
const stars = (props?: StarsDemoProps) => (chart: Chart) => void new StarsDemo(chart, 'stars', props);
const made = (props?: StarsDemoProps) => objectsOf(stars(props));
const names = (objects: readonly Fields[]) =>
  objects.map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name].filter(Boolean).join(' '));

const APPS = [
  'Namespace stars',
  'Namespace management-ui',
  'Namespace client',
  'Service management-ui management-ui',
  'Deployment management-ui management-ui',
  'Service stars backend',
  'Deployment stars backend',
  'Service stars frontend',
  'Deployment stars frontend',
  'Service client client',
  'Deployment client client',
];

const ADDED: [StarsStep, string[]][] = [
  [StarsStep.OPEN, APPS],
  [StarsStep.DEFAULT_DENY, ['NetworkPolicy stars default-deny', 'NetworkPolicy client default-deny']],
  [StarsStep.ALLOW_UI, ['NetworkPolicy stars allow-ui', 'NetworkPolicy client allow-ui']],
  [StarsStep.BACKEND_POLICY, ['NetworkPolicy stars backend-policy']],
  [StarsStep.FRONTEND_POLICY, ['NetworkPolicy stars frontend-policy']],
];

describe('the steps', () => {
  test.each(STEPS)('%s, by itself', (step) => {
    expect(yamlOf(stars({ step, only: true }))).toMatchSnapshot();
  });

  test.each(ADDED)('%s adds what it is named after', (step, added) => {
    expect(names(made({ step, only: true }))).toEqual(added);
  });

  test.each(STEPS)('%s is all steps up to it, one after the other', (step) => {
    const steps = STEPS.slice(0, STEPS.indexOf(step) + 1);
    expect(made({ step })).toEqual(steps.flatMap((each) => made({ step: each, only: true })));
  });

  test('go all the way by default', () => {
    expect(made()).toEqual(made({ step: StarsStep.FRONTEND_POLICY, only: false }));
    expect(made()).toHaveLength(17);
  });

  test('put namespaces first', () => {
    expect(names(made()).slice(0, 3)).toEqual(APPS.slice(0, 3));
  });

  test('name their own namespaces, whatever that of the chart is', () => {
    const objects = objectsOf(stars(), { namespace: 'elsewhere' });
    expect(objects).toEqual(made());
  });
});

describe('the apps', () => {
  test.each([
    ['management-ui', 'star-collect', 9001, undefined],
    ['backend', 'star-probe', 6379, ['probe', '--http-port=6379', '--urls=F,B,C']],
    ['frontend', 'star-probe', 80, ['probe', '--http-port=80', '--urls=F,B,C']],
    ['client', 'star-probe', 9000, ['probe', '--urls=F,B']],
  ])('%s runs %s on port %i', (name, image, port, command) => {
    const { spec } = find(made(), 'Deployment', name);
    const urls = new Map([
      ['F', 'http://frontend.stars:80/status'],
      ['B', 'http://backend.stars:6379/status'],
      ['C', 'http://client.client:9000/status'],
    ]);
    expect(spec.template.metadata.labels).toEqual({ role: name });
    expect(spec.template.spec).toEqual({
      containers: [
        {
          name,
          image: `calico/${image}:multiarch`,
          imagePullPolicy: 'Always',
          command: command?.map((part) => part.replace(/[FBC](?=,|$)/g, (letter) => urls.get(letter) ?? letter)),
          ports: [{ containerPort: port, protocol: 'TCP' }],
        },
      ],
    });
    expect(find(made(), 'Service', name).spec).toMatchObject({
      selector: { role: name },
      ports: [{ port, targetPort: port }],
    });
  });

  test('the UI is reached on port 30002 of every node, the others from inside the cluster', () => {
    const services = made().filter(({ kind }) => kind === 'Service');
    expect(services.map(({ metadata, spec }) => [metadata.name, spec.type, spec.ports[0].nodePort])).toEqual([
      ['management-ui', 'NodePort', 30002],
      ['backend', undefined, undefined],
      ['frontend', undefined, undefined],
      ['client', undefined, undefined],
    ]);
  });

  test('the namespaces of UI and client carry the role by which policies know them', () => {
    const labels = made({ step: StarsStep.OPEN, only: true })
      .filter(({ kind }) => kind === 'Namespace')
      .map(({ metadata }) => [metadata.name, metadata.labels]);
    expect(labels).toEqual([
      ['stars', undefined],
      ['management-ui', { role: 'management-ui' }],
      ['client', { role: 'client' }],
    ]);
  });
});

describe('the policies', () => {
  const policy = (namespace: string, name: string) =>
    made().find(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name && metadata.namespace === namespace,
    )?.spec;

  test.each(['stars', 'client'])('default-deny lets nobody into any Pod of %s', (namespace) => {
    expect(policy(namespace, 'default-deny')).toEqual({ podSelector: {}, policyTypes: ['Ingress'] });
  });

  test.each(['stars', 'client'])(
    'allow-ui lets the namespace of the UI into every Pod of %s, on every port',
    (namespace) => {
      expect(policy(namespace, 'allow-ui')).toEqual({
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { role: 'management-ui' } } }] }],
      });
    },
  );

  test('backend-policy lets the frontend of the same namespace into the backend on TCP 6379', () => {
    expect(policy('stars', 'backend-policy')).toEqual({
      podSelector: { matchLabels: { role: 'backend' } },
      policyTypes: ['Ingress'],
      ingress: [
        { from: [{ podSelector: { matchLabels: { role: 'frontend' } } }], ports: [{ port: 6379, protocol: 'TCP' }] },
      ],
    });
  });

  test('frontend-policy lets the namespace of the client into the frontend on TCP 80', () => {
    expect(policy('stars', 'frontend-policy')).toEqual({
      podSelector: { matchLabels: { role: 'frontend' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { role: 'client' } } }],
          ports: [{ port: 80, protocol: 'TCP' }],
        },
      ],
    });
  });

  test('are never more than these six', () => {
    expect(made().filter(({ kind }) => kind === 'NetworkPolicy')).toHaveLength(6);
  });
});

describe('fails before anything is made, for', () => {
  const known = '"open", "default-deny", "allow-ui", "backend-policy", "frontend-policy"';
  test.each([
    ['an unknown step', { step: 'closed' }, `step is "closed"; give one of ${known}`],
    ['the number of a step', { step: 2 }, `step is 2; give one of ${known}`],
    ['a step that is the name of a method', { step: 'toString' }, `step is "toString"; give one of ${known}`],
    ['text for a switch', { only: 'yes' }, 'only is "yes"; give true or false'],
  ])('%s', (_, props, problem) => {
    expect(refusal(stars(props as StarsDemoProps))).toBe(`shop/stars: ${problem}`);
  });
});
