import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { filesBelow, runOffline } from './helpers/app-copy';

const root = path.join(__dirname, '..');

/** The files that the app writes with these settings of the environment. */
function written(settings: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'charts-'));
  try {
    const env = { ...settings, CDK8S_OUTDIR: folder };
    const { status, stderr } = runOffline('node -r ./scripts/typescript main.ts', root, env);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return filesBelow(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const usual = written();

test.each([...usual])('dist/%s', (_, text) => {
  expect(text).toMatchSnapshot();
});

describe('a setting of the environment changes what it says and nothing else', () => {
  test.each([
    ['NETWORKING_SHOP_HOST', 'shop.example.com', 'boutique.example.org', 17],
    ['NETWORKING_GAME_HOST', '2048.example.com', 'game.example.org', 2],
    ['NETWORKING_SHOP_TLS_SECRET', 'online-boutique-tls', 'star-example-com', 8],
    [
      'NETWORKING_REPO_URL',
      'https://git.example.com/platform/cdk8s-networking.git',
      'ssh://git@git.example.org/n.git',
      2,
    ],
    ['NETWORKING_REPO_BRANCH', 'main', 'live', 2, 'targetRevision: '],
  ])('%s', (name, from, to, files, before = '') => {
    const word = new RegExp(`(?<![\\w/.])${(before + from).replaceAll('.', '\\.')}(?![\\w/])`, 'g');
    const expected = new Map([...usual].map(([file, text]) => [file, text.replaceAll(word, before + to)]));
    expect(written({ [name]: to })).toEqual(expected);
    expect([...usual].filter(([file, text]) => expected.get(file) !== text)).toHaveLength(files);
  });

  /** The files that are not as usual. */
  const changed = (settings: Readonly<Record<string, string>>) => {
    const now = written(settings);
    return [...new Set([...usual.keys(), ...now.keys()])].filter((file) => usual.get(file) !== now.get(file)).sort();
  };

  test('NETWORKING_CANARY_WEIGHT', () => {
    const now = written({ NETWORKING_CANARY_WEIGHT: '20' });
    const expected = new Map(usual);
    const replace = (file: string, ...pairs: readonly (readonly [string, string])[]) =>
      expected.set(
        file,
        pairs.reduce((text, [from, to]) => text.replace(from, to), usual.get(file) ?? ''),
      );
    replace('canary.k8s.yaml', ['canary-weight: "5"', 'canary-weight: "20"']);
    replace('gateway-api/shop.k8s.yaml', ['weight: 95', 'weight: 80'], ['weight: 5\n', 'weight: 20\n']);
    expect(now).toEqual(expected);
  });

  test.each(['cloud', 'kind'])('NETWORKING_PROVIDER=%s', (provider) => {
    expect(changed({ NETWORKING_PROVIDER: provider })).toEqual([
      'for-argocd/ingress-nginx.k8s.yaml',
      'ingress-nginx.k8s.yaml',
      'load-balancer.k8s.yaml',
    ]);
  });

  test('NETWORKING_GATEWAY_API=false', () => {
    expect(changed({ NETWORKING_GATEWAY_API: 'false' })).toEqual(
      [...usual.keys()].filter((file) => file.startsWith('gateway-api/')),
    );
  });
});
