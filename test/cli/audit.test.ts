import { commandLine } from './command-line';

const ingress = (name: string, host: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name, namespace: 'shop' },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        host,
        http: {
          paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
        },
      },
    ],
  },
});

const stdin = ['good.example.com', 'shop example.com'].map((host, at) => JSON.stringify(ingress(`web-${at}`, host)));
const MISTAKE = '-:3: by hand: mistake: spec.rules[0].host is "shop example.com"; give a DNS name in lower case';

function asked(...options: readonly string[]) {
  return commandLine(['migrate', '-', '--gateway', 'infra/web', ...options], { stdin: stdin.join('\n---\n') });
}

test('an audit tells what is wrong with one Ingress, and goes on with the others', async () => {
  const { status, stdout, stderr } = await asked('--audit');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain(MISTAKE);
  expect(stdout).toContain('2 Ingresses: 1 taken over, 1 left out');
});

test('so it does in JSON and Markdown', async () => {
  const json = await asked('--audit', '--format', 'json');
  expect(JSON.parse(json.stdout).ingresses).toMatchObject([
    { ingress: 'shop/web-0', outcome: 'taken-over' },
    { ingress: 'shop/web-1', outcome: 'left-out', hand: [{ what: 'mistake', source: '-:3' }] },
  ]);
  const markdown = await asked('--audit', '--format', 'markdown');
  expect([json.status, markdown.status, markdown.stdout.includes('mistake, by hand')]).toEqual([0, 0, true]);
});

test('without --audit nothing is written, and the status is 2', async () => {
  const { status, stdout, stderr } = await asked();
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('-:3: Ingress shop/web-1: spec.rules[0].host is "shop example.com"');
});

test('YAML that cannot be read stops an audit too', async () => {
  const { status, stdout, stderr } = await commandLine(['migrate', '-', '--gateway', 'infra/web', '--audit'], {
    stdin: `${stdin[0]}\n---\na: b: c\n`,
  });
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^-:\d+: not YAML/);
});
