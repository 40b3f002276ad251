import { readdirSync, readFileSync } from 'node:fs';
import { Routes, readManifests, sameRouting } from '../../analysis';
import '../../jest';

const file = (name: string) => `dist/${name}.k8s.yaml`;
const CONTROLLER = file('ingress-nginx');
const SERVICES = [file('online-boutique'), file('frontend-canary')];
const SHOP = [CONTROLLER, ...SERVICES, file('frontend-ingress'), file('canary')];
const GAME = [CONTROLLER, file('game-2048')];

const VARIANTS = readdirSync('dist/canary-variants').map((name) => name.replace('.k8s.yaml', ''));

/** The shop with another rule for its canary in the place of the one by weight. */
function withVariant(name: string): string[] {
  return [CONTROLLER, ...SERVICES, file(`canary-variants/${name}`)];
}

const home = { url: 'https://shop.example.com/' };

describe('the shop', () => {
  test('sends 5 % of the requests to release 0.9.0 of the frontend, the others to 0.8.0', () => {
    expect(SHOP).toRoute(home).toSplit({ frontend: 0.95, 'frontend-canary': 0.05 });
  });

  test('sends HTTP to HTTPS by 308, and keeps path and query', () => {
    expect(SHOP)
      .toRoute({ url: 'http://shop.example.com/product/66VCHSJNUP?currency=EUR' })
      .toRedirect({ status: 308, location: 'https://shop.example.com/product/66VCHSJNUP?currency=EUR' });
  });

  test('is not found under another host', () => {
    expect(SHOP).toAnswer({ url: 'https://other.example.com/' }, 404);
    expect(GAME).toAnswer({ url: 'http://shop.example.com/' }, 404);
  });

  test('is reached by the ingress controller', () => {
    expect(SHOP).toExpose('frontend');
  });
});

describe('a variant of the canary', () => {
  test('by header sends FOO=bar to the canary and everything else to the main one', () => {
    const shop = withVariant('header');
    expect(shop)
      .toRoute({ ...home, headers: { FOO: 'bar' } })
      .toBackend('frontend-canary');
    expect(shop).toRoute(home).toBackend('frontend');
    expect(shop)
      .toRoute({ ...home, headers: { FOO: 'always' } })
      .toBackend('frontend');
  });

  test('by header or weight sends FOO=bar to the canary, and 5 % of everything else', () => {
    const shop = withVariant('header-or-weight');
    expect(shop)
      .toRoute({ ...home, headers: { FOO: 'bar' } })
      .toBackend('frontend-canary');
    expect(shop).toRoute(home).toSplit({ frontend: 0.95, 'frontend-canary': 0.05 });
  });

  test('by pattern sends telephones to the canary', () => {
    const shop = withVariant('header-pattern');
    const agent = (text: string) => ({ ...home, headers: { 'User-Agent': text } });
    expect(shop).toRoute(agent('Mozilla/5.0 (Linux; Android 15)')).toBackend('frontend-canary');
    expect(shop).toRoute(agent('curl/8.5.0')).toBackend('frontend');
  });

  test('by cookie sends whoever has it at "always" to the canary', () => {
    const shop = withVariant('cookie');
    expect(shop)
      .toRoute({ ...home, headers: { Cookie: 'canary=always' } })
      .toBackend('frontend-canary');
    expect(shop)
      .toRoute({ ...home, headers: { Cookie: 'canary=never' } })
      .toBackend('frontend');
    expect(shop).toRoute(home).toBackend('frontend');
  });

  test('blue-green sends everything to green, and leaves blue to the header', () => {
    const shop = withVariant('blue-green');
    expect(shop).toRoute(home).toBackend('frontend-canary');
    expect(shop)
      .toRoute({ ...home, headers: { 'X-Green': 'never' } })
      .toBackend('frontend');
  });

  test('A/B keeps who has a group in it, and divides the others evenly', () => {
    const shop = withVariant('a-b');
    expect(shop)
      .toRoute({ ...home, headers: { Cookie: 'group-b=always' } })
      .toBackend('frontend-canary');
    expect(shop)
      .toRoute({ ...home, headers: { Cookie: 'group-b=never' } })
      .toBackend('frontend');
    expect(shop).toRoute(home).toSplit({ frontend: 0.5, 'frontend-canary': 0.5 });
  });
});

describe('2048, in a closed namespace', () => {
  test('is on a host of its own', () => {
    expect(GAME).toRoute({ url: 'http://2048.example.com/' }).toBackend('game-2048/game-2048:80');
  });

  const controller = 'ingress-nginx/Deployment/ingress-nginx-controller';
  const everything = [...SHOP, file('game-2048'), file('load-balancer'), 'dist/stars'];

  test('is reached by the ingress controller on its port, and by nothing else', () => {
    expect(everything).toExpose('game-2048');
    expect(everything).toDenyAllConnections({
      to: 'game-2048',
      except: [{ from: controller, to: 'game-2048', port: 80 }],
    });
  });

  test('reaches DNS on UDP and TCP 53, and nothing else', () => {
    const dns = `apiVersion: v1
kind: Pod
metadata: { name: coredns, namespace: kube-system, labels: { k8s-app: kube-dns } }
spec: { containers: [{ name: coredns, image: coredns }] }
`;
    expect([...everything, dns]).toDenyAllConnections({
      from: 'game-2048',
      except: [
        { from: 'game-2048', to: 'coredns', port: 'UDP 53' },
        { from: 'game-2048', to: 'coredns', port: 'TCP 53' },
      ],
    });
  });
});

describe('by the Gateway API', () => {
  const read = (files: readonly string[]) =>
    readManifests(files.map((path) => readFileSync(path, 'utf8')).join('---\n'), 'dist');
  const gateway = file('gateway-api/gateway');

  /** What the files of the Ingresses and those of the HTTPRoutes say of every request. */
  const compared = (ingresses: readonly string[], routes: readonly string[]) => {
    const services = [...SERVICES, file('game-2048')];
    const before = Routes.ofIngressNginx(read([...services, ...ingresses]));
    const after = Routes.ofGateway(read([...services, gateway, ...routes]));
    expect([before.problems, after.problems]).toEqual([[], []]);
    return sameRouting(before, after, { accept: ['redirect-slash'] });
  };
  const SAME = { same: true, proven: true, differences: [] };

  test('the shop and 2048 send every request where their Ingresses do, but for a slash at the end of a redirect', () => {
    const found = compared(
      [file('frontend-ingress'), file('canary')],
      [file('gateway-api/shop'), file('gateway-api/game-2048')],
    );
    expect(found).toMatchObject(SAME);
    expect(found.classes).toBeGreaterThan(10);
    expect(found.accepted.map(({ name }) => name)).toEqual(['redirect-slash']);
  });

  test('every variant of the canary is there', () => {
    expect(VARIANTS.length).toBeGreaterThan(5);
    const names = readdirSync('dist/gateway-api/canary-variants').map((name) => name.replace('.k8s.yaml', ''));
    expect(new Set(names)).toEqual(new Set([...VARIANTS, 'none']));
  });

  test.each(VARIANTS)('the canary %s sends every request where its Ingress does', (name) => {
    const other = file('gateway-api/game-2048');
    expect(
      compared([file(`canary-variants/${name}`)], [file(`gateway-api/canary-variants/${name}`), other]),
    ).toMatchObject(SAME);
  });

  test('the shop without a canary sends every request where its Ingress alone does', () => {
    const routes = [file('gateway-api/canary-variants/none'), file('gateway-api/game-2048')];
    expect(compared([file('frontend-ingress')], routes)).toMatchObject(SAME);
    expect(compared([file('frontend-ingress'), file('canary')], routes).same).toBe(false);
  });

  test('a variant in the place of another one is caught, with a request that shows it', () => {
    const { same, differences } = compared(
      [file('canary-variants/header')],
      [file('gateway-api/canary-variants/header-or-weight'), file('gateway-api/game-2048')],
    );
    expect(same).toBe(false);
    expect(differences[0]?.request.url).toMatch(/^https:\/\/shop\.example\.com\//);
  });
});
