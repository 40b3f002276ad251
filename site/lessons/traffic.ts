import type { Lesson } from './lesson';
import { CONTROLLER, deployment, ingress, namespace, policy, served, task } from './parts';

const SHOP = 'http://shop.example.com/';

const HOSTNAMES = deployment('default/hostnames', 9376);

const loadBalancer = (selector: string, targetPort: number) => `apiVersion: v1
kind: Service
metadata:
  name: hostnames
spec:
  type: LoadBalancer
  selector:
    app: ${selector}
  ports:
    - port: 80
      targetPort: ${targetPort}
`;

const LOAD_BALANCER = loadBalancer('hostnames', 9376);

export const SERVICES: Lesson = {
  id: 'services',
  title: 'Services',
  about: 'One stable name and address for many pods.',
  steps: [
    {
      title: 'A way in',
      text: [
        'Pods come and go, and their addresses with them. A Service gives them one name, here `hostnames.default.svc`, and one address. With `type: LoadBalancer` it has an address outside of the cluster, too.',
        'The Service finds its pods by their labels, and leads from its own port to a port of the pod. This one finds nobody.',
      ],
      start: [
        `${task('Mend this Service: it should lead from port 80\nto port 9376 of the pods with app: hostnames.')}${loadBalancer('hostname', 80)}`,
        HOSTNAMES,
      ],
      tasks: [
        { says: 'Clients outside reach `hostnames` through the Service.', claims: [{ exposes: 'hostnames' }] },
        {
          says: 'The Service leads to the port on which the pods listen.',
          claims: [{ findings: { severity: 'warning' } }],
        },
      ],
      hint: 'Compare `selector` with the labels of the pods, and `targetPort` with their `containerPort`. The tab Findings says what does not match.',
      solution: [LOAD_BALANCER, HOSTNAMES],
    },
    {
      title: 'What a Service does not do',
      text: [
        'A Service is a way to the pods and no wall around them: without any policy everybody may connect to them directly, on every port. Look at the orange mark in the picture.',
        'Add a NetworkPolicy that leaves open what the Service needs.',
      ],
      tasks: [
        {
          says: 'Everybody may connect on TCP 9376.',
          claims: [{ allows: { from: 'external', to: 'hostnames', port: 9376 } }],
        },
        {
          says: 'Nobody may on any other port.',
          claims: [{ deniesAll: { to: 'hostnames', except: [{ port: 9376 }] } }],
        },
        { says: 'Clients outside still reach it through the Service.', claims: [{ exposes: 'hostnames' }] },
      ],
      hint: 'A rule with `ports` and without `from`: everybody, on these ports. Begin the new object after a line with `---`.',
      solution: [
        policy(
          'default/hostnames',
          'podSelector:\n  matchLabels:\n    app: hostnames\ningress:\n  - ports:\n      - port: 9376',
        ),
        LOAD_BALANCER,
        HOSTNAMES,
      ],
    },
  ],
};

const WEB = [CONTROLLER, namespace('shop'), served('shop/web')];
const CLOSED = policy('shop/default-deny', 'podSelector: {}');

export const CONTROLLERS: Lesson = {
  id: 'ingress-controller',
  title: 'An ingress controller',
  about: 'One door for many services, which divides requests by host and path.',
  steps: [
    {
      title: 'An Ingress',
      text: [
        'A load balancer for each service is dear. An ingress controller stands behind a single one, and divides requests by their host and path. What goes where, Ingress objects say.',
        'The controller is there already, with an app and its Service. Write the Ingress: `ingressClassName: nginx`, host `shop.example.com`, path `/` with `pathType: Prefix`, Service `web`, port 80.',
      ],
      start: [task('Write the Ingress here.'), ...WEB],
      tasks: [
        {
          says: 'A request for `shop.example.com` goes to `web`.',
          claims: [{ request: { url: `${SHOP}cart` }, to: 'shop/web' }],
        },
        {
          says: 'One for another host is not found.',
          claims: [{ request: { url: 'http://other.example.com/' }, answers: 404 }],
        },
      ],
      hint: 'An Ingress serves Services of its own namespace: `namespace: shop`.',
      solution: [ingress('shop/web', 'shop.example.com', 'web'), ...WEB],
      view: 'routes',
      request: { url: `${SHOP}cart` },
    },
    {
      title: 'The controller needs to be let in',
      text: [
        'The namespace was closed, and the shop is down: the controller is a pod like others, in a namespace of its own, and the policy keeps it out. It is the second most common outage by a policy.',
        'Open the pods of `web` to the namespace `ingress-nginx`, and to nobody else.',
      ],
      start: [CLOSED, ingress('shop/web', 'shop.example.com', 'web'), ...WEB],
      tasks: [
        { says: 'Clients reach `web` through the Ingress.', claims: [{ exposes: 'shop/web' }] },
        {
          says: 'Nobody but the controller may connect to `web`.',
          claims: [{ deniesAll: { to: 'shop/web', except: [{ from: 'ingress-nginx-controller', port: 8080 }] } }],
        },
      ],
      hint: 'Namespaces have the label `kubernetes.io/metadata.name: ingress-nginx` by themselves. The port is the pod’s, 8080.',
      solution: [
        policy(
          'shop/web',
          'podSelector:\n  matchLabels:\n    app: web\ningress:\n  - from:\n      - namespaceSelector:\n          matchLabels:\n            kubernetes.io/metadata.name: ingress-nginx\n    ports:\n      - port: 8080',
        ),
        CLOSED,
        ingress('shop/web', 'shop.example.com', 'web'),
        ...WEB,
      ],
      view: 'picture',
    },
  ],
};

const BOUTIQUE = 'dist:online-boutique';
const DOOR = ingress('default/online-boutique-ing', 'shop.example.com', 'frontend');

export const BOUTIQUES: Lesson = {
  id: 'online-boutique',
  title: 'A shop',
  about: 'Eleven services and a load generator: who needs whom?',
  steps: [
    {
      title: 'Its door',
      text: [
        'Online Boutique is a shop of eleven services. One of them, `frontend`, is what customers see; the others only talk to each other.',
        'Write its Ingress: class `nginx`, host `shop.example.com`, everything to Service `frontend`, port 80.',
      ],
      start: [task('Write the Ingress here.'), BOUTIQUE],
      tasks: [
        {
          says: 'The shop answers at `shop.example.com`.',
          claims: [{ request: { url: `${SHOP}cart?currency=EUR` }, to: 'frontend' }],
        },
      ],
      hint: 'The manifests name no namespace, and so are in `default`. Let the Ingress do the same.',
      solution: [DOOR, BOUTIQUE],
      view: 'routes',
      request: { url: `${SHOP}cart?currency=EUR` },
    },
    {
      title: 'Its treasure',
      text: [
        'The carts are in `redis-cart`, which asks nobody for a password. Only `cartservice` needs it, on TCP 6379.',
        'Close it to everybody else.',
      ],
      tasks: [
        {
          says: '`cartservice` may connect to `redis-cart` on TCP 6379.',
          claims: [{ allows: { from: 'cartservice', to: 'redis-cart', port: 6379 } }],
        },
        {
          says: 'That is all that may come in.',
          claims: [{ deniesAll: { to: 'redis-cart', except: [{ from: 'cartservice', port: 6379 }] } }],
        },
        { says: 'The shop still answers.', claims: [{ request: { url: SHOP }, to: 'frontend' }] },
      ],
      hint: 'The pods have labels `app: redis-cart` and `app: cartservice`.',
      solution: [
        policy(
          'default/redis-cart',
          'podSelector:\n  matchLabels:\n    app: redis-cart\ningress:\n  - from:\n      - podSelector:\n          matchLabels:\n            app: cartservice\n    ports:\n      - port: 6379',
        ),
        DOOR,
        BOUTIQUE,
      ],
      view: 'connections',
    },
  ],
};

const GAME = [CONTROLLER, namespace('game-2048'), served('game-2048/game-2048', 80)];
const SHUT = policy('game-2048/default-deny', 'podSelector: {}\npolicyTypes:\n  - Ingress\n  - Egress');
const LET_IN = policy(
  'game-2048/allow-controller',
  'podSelector:\n  matchLabels:\n    app: game-2048\ningress:\n  - from:\n      - namespaceSelector:\n          matchLabels:\n            kubernetes.io/metadata.name: ingress-nginx\n        podSelector:\n          matchLabels:\n            app.kubernetes.io/component: controller\n    ports:\n      - port: 80',
);
const GAME_DOOR = ingress('game-2048/game-2048', '2048.example.com', 'game-2048');

export const GAMES: Lesson = {
  id: 'second-host',
  title: 'A second host',
  about: 'A game of its own host, in a namespace that is closed both ways.',
  steps: [
    {
      title: 'Open, and no wider than needed',
      text: [
        'The game 2048 is served at a host of its own, behind the same controller. Its namespace lets nothing in and nothing out.',
        'Write the Ingress for `2048.example.com`, and the one policy that it needs.',
      ],
      start: [task('Write the Ingress and the policy here,\nwith a line --- between them.'), SHUT, ...GAME],
      tasks: [
        {
          says: '`2048.example.com` leads to the game.',
          claims: [{ request: { url: 'http://2048.example.com/' }, to: 'game-2048' }],
        },
        { says: 'Clients reach it: the controller is let in.', claims: [{ exposes: 'game-2048/game-2048' }] },
        {
          says: 'Only the controller may connect, on TCP 80.',
          claims: [
            { deniesAll: { to: 'game-2048/game-2048', except: [{ from: 'ingress-nginx-controller', port: 80 }] } },
          ],
        },
        { says: 'The game itself connects to nobody.', claims: [{ deniesAll: { from: 'game-2048/game-2048' } }] },
      ],
      hint: 'Answers are no connections: the game needs no `egress` for them.',
      solution: [LET_IN, GAME_DOOR, SHUT, ...GAME],
      request: { url: 'http://2048.example.com/' },
    },
  ],
};

const SIDES = [served('default/frontend'), served('default/frontend-canary')];
const MAIN = ingress('default/shop', 'shop.example.com', 'frontend');
const canary = (annotations: string, host = 'shop.example.com') =>
  ingress('default/canary', host, 'frontend-canary', {
    annotations: `nginx.ingress.kubernetes.io/canary: "true"\n${annotations}`,
  });
const WEIGHT = 'nginx.ingress.kubernetes.io/canary-weight: "5"';
const HEADER =
  'nginx.ingress.kubernetes.io/canary-by-header: FOO\nnginx.ingress.kubernetes.io/canary-by-header-value: bar';
const COOKIE = 'nginx.ingress.kubernetes.io/canary-by-cookie: canary';

export const CANARIES: Lesson = {
  id: 'canary',
  title: 'A canary',
  about: 'A new version for a few requests first: by weight, by header, by cookie.',
  steps: [
    {
      title: 'Five of a hundred',
      text: [
        'The next version of the shop runs beside the present one. A second Ingress with `canary: "true"` sends it a share of the requests.',
        'It has to repeat the host and the path of the first one to the letter. Where it does not, the controller drops it without a word, as here.',
      ],
      start: [`${task('Mend this canary.')}${canary(WEIGHT, 'shop.example.org')}`, MAIN, ...SIDES],
      tasks: [
        {
          says: '95 % of the requests go to `frontend`, 5 % to `frontend-canary`.',
          claims: [{ request: { url: SHOP }, splits: { frontend: 0.95, 'frontend-canary': 0.05 } }],
        },
      ],
      hint: 'Compare the two hosts.',
      solution: [canary(WEIGHT), MAIN, ...SIDES],
      view: 'routes',
      request: { url: SHOP },
    },
    {
      title: 'Whom I choose',
      text: [
        'Before customers get the new version, the team wants to see it. `canary-by-header` names a header, and `canary-by-header-value` the value that leads to the canary.',
        'Replace the weight: `FOO: bar` leads to the canary, and nothing else does.',
      ],
      tasks: [
        {
          says: 'With `FOO: bar` every request goes to the canary.',
          claims: [{ request: { url: SHOP, headers: { FOO: 'bar' } }, to: 'frontend-canary' }],
        },
        { says: 'Without, none does.', claims: [{ request: { url: SHOP }, to: 'frontend' }] },
        {
          says: 'With another value, none does.',
          claims: [{ request: { url: SHOP, headers: { FOO: 'always' } }, to: 'frontend' }],
        },
      ],
      hint: 'The annotations have the same prefix, `nginx.ingress.kubernetes.io/`.',
      solution: [canary(HEADER), MAIN, ...SIDES],
      view: 'routes',
      request: { url: SHOP, headers: 'FOO: bar' },
    },
    {
      title: 'Who chooses it',
      text: [
        'With `canary-by-cookie: canary`, the value of the cookie decides: `always` for the canary, `never` for the other side. So people may join and leave.',
        'Use the cookie alone, in place of the header.',
      ],
      tasks: [
        {
          says: 'With the cookie `canary=always`, the canary.',
          claims: [{ request: { url: SHOP, headers: { Cookie: 'canary=always' } }, to: 'frontend-canary' }],
        },
        {
          says: 'With `canary=never`, and without a cookie, the present version.',
          claims: [
            { request: { url: SHOP, headers: { Cookie: 'canary=never' } }, to: 'frontend' },
            { request: { url: SHOP }, to: 'frontend' },
          ],
        },
        {
          says: 'The header of the last step leads nowhere new.',
          claims: [{ request: { url: SHOP, headers: { FOO: 'bar' } }, to: 'frontend' }],
        },
      ],
      solution: [canary(COOKIE), MAIN, ...SIDES],
      view: 'routes',
      request: { url: SHOP, headers: 'Cookie: canary=always' },
    },
  ],
};

const SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: shop-tls
  namespace: shop
type: kubernetes.io/tls
data:
  tls.crt: ""
  tls.key: ""
`;
const FORCE = 'nginx.ingress.kubernetes.io/force-ssl-redirect: "true"';
const TLS = 'tls:\n  - hosts: [shop.example.com]\n    secretName: shop-tls';

export const HTTPS: Lesson = {
  id: 'https',
  title: 'HTTPS',
  about: 'A certificate, and nobody left on plain HTTP.',
  steps: [
    {
      title: 'Encrypted, always',
      text: [
        'The certificate is a Secret of type `kubernetes.io/tls`. Below `tls`, the Ingress says for which hosts it is: `hosts` and `secretName`.',
        'Then `force-ssl-redirect: "true"` sends whoever comes by HTTP to HTTPS, with path and query.',
      ],
      start: [
        `${task('Give this Ingress the certificate shop-tls,\nand send HTTP to HTTPS.')}${ingress('shop/web', 'shop.example.com', 'web')}`,
        SECRET,
        ...WEB,
      ],
      tasks: [
        {
          says: 'HTTPS requests go to `web`.',
          claims: [{ request: { url: 'https://shop.example.com/cart' }, to: 'shop/web' }],
        },
        {
          says: 'HTTP requests are redirected, with path and query, by 308.',
          claims: [
            {
              request: { url: `${SHOP}cart?currency=EUR` },
              redirects: { status: 308, location: 'https://shop.example.com/cart?currency=EUR' },
            },
          ],
        },
      ],
      hint: '`tls` is a list below `spec`; the annotation has the prefix `nginx.ingress.kubernetes.io/`, and its value is a text: `"true"`.',
      solution: [ingress('shop/web', 'shop.example.com', 'web', { annotations: FORCE, spec: TLS }), SECRET, ...WEB],
      view: 'routes',
      request: { url: `${SHOP}cart?currency=EUR` },
    },
  ],
};
