import { Cluster, readManifests } from '../../analysis';
import { Routes } from '../../analysis/routing';

// What is wrong with one part of an object, asked of both readers that need it, in both degrees.

const service = (ports: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector: { app: web }\n  ports: ${ports}\n`;
const ingress = (spec: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web }\nspec:\n  ${spec}\n`;
const path = '{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }';

type Degree = 'strict' | 'tolerant';
const connections = (text: string, input: Degree) => Cluster.from(readManifests(text, 'a.yaml'), { input });
const routes = (text: string, input: Degree) => Routes.ofIngressNginx(readManifests(text, 'a.yaml'), { input });

test.each([
  ['a port 0', service('[{ port: 0 }]'), 'spec.ports[0].port is 0; give an integer from 1 to 65535'],
  ['a port that is null', service('[{ port: null }]'), 'spec.ports[0].port is null; give an integer from 1 to 65535'],
  ['a port that is text', service('[{ port: http }]'), 'spec.ports[0].port is "http"; give an integer from 1 to 65535'],
  [
    'a port that is missing',
    service('[{ name: x }]'),
    'spec.ports[0].port is missing; give an integer from 1 to 65535',
  ],
  ['a port of half', service('[{ port: 1.5 }]'), 'spec.ports[0].port is 1.5; give an integer from 1 to 65535'],
  [
    'a target of 70000',
    service('[{ port: 80, targetPort: 70000 }]'),
    'spec.ports[0].targetPort is 70000; give an integer from 1 to 65535',
  ],
  ['text for a port', service('[text]'), 'spec.ports[0] is "text"; give a mapping with port'],
  ['text for ports', service('text'), 'spec.ports is "text"; give a list'],
  ['text for a rule', ingress('rules: [text]'), 'spec.rules[0] is "text"; give a mapping'],
  [
    'text for a path',
    ingress('rules: [{ http: { paths: [text] } }]'),
    'spec.rules[0].http.paths[0] is "text"; give a mapping',
  ],
  ['text for http', ingress('rules: [{ http: text }]'), 'spec.rules[0].http is "text"; give a mapping'],
  [
    'a number for a backend',
    ingress('rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: 5 }] } }]'),
    'spec.rules[0].http.paths[0].backend is 5; give a mapping',
  ],
])('%s is an error of connections and of routes, in both degrees', (_, text, message) => {
  for (const degree of ['strict', 'tolerant'] as const) {
    for (const { problems } of [connections(text, degree), routes(text, degree)]) {
      const found = problems.map((problem) => problem.message.slice(problem.message.indexOf(': ') + 2));
      expect(found.some((one) => one.startsWith(message))).toBe(true);
    }
  }
});

test('text for TLS of an Ingress is an error of routes', () => {
  const [problem] = routes(ingress(`tls: [text]\n  rules: [{ http: { paths: [${path}] } }]`), 'tolerant').problems;
  expect(problem?.message).toBe('Ingress default/web: spec.tls[0] is "text"; give a mapping');
});

test('ports of a Service without names can be told apart by their numbers: an error where that is strict, else a warning', () => {
  const text = `${service('[{ port: 80 }, { port: 81 }]')}---\n${ingress(`rules: [{ host: a.test, http: { paths: [${path}] } }]`)}`;
  for (const read of [connections, routes]) {
    expect(read(text, 'strict').problems.map(({ code }) => code)).toEqual(['bad-service', 'bad-service']);
    const { problems, warnings } = read(text, 'tolerant');
    expect(problems).toEqual([]);
    expect(warnings.map(({ code }) => code)).toEqual(['bad-service', 'bad-service']);
  }
});

test('a port of a container without a number costs an answer only where a policy asks for its name', () => {
  const pod = (port: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: c, ports: [${port}] }] }\n`;
  expect(connections(pod('{ protocol: TCP }'), 'tolerant').problems).toEqual([]);
  expect(connections(pod('{ protocol: TCP }'), 'strict').problems.map(({ code }) => code)).toEqual(['bad-port']);
  expect(connections(pod('{ name: http }'), 'tolerant').problems).toEqual([]);
  const policy = `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p }
spec: { podSelector: {}, ingress: [{ ports: [{ port: http }] }] }\n`;
  const asked = connections(`${pod('{ name: http }')}${policy}`, 'tolerant');
  expect(asked.problems.map(({ code }) => code)).toEqual(['bad-port']);
});
