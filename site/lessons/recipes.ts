import type { Course, Lesson, Pieces, Task } from './lesson';
import { namespace, pod, policy, task } from './parts';

/** What stands in the editor of most recipes: a shop with three pods, an office, and monitoring. */
const SHOP: Pieces = [
  namespace('shop'),
  pod('shop/web', 'app: web'),
  pod('shop/api', 'app: api'),
  pod('shop/db', 'app: db', 5432),
  namespace('office', 'team: office'),
  pod('office/desk', 'app: desk'),
  namespace('monitoring', 'team: ops'),
  pod('monitoring/prometheus', 'app: prometheus', 9090),
  pod('monitoring/grafana', 'app: grafana', 3000),
];

/** A policy that is complete and selects nobody: to be made the right one. */
const draft = (place: string, what: string): string =>
  `${task(what)}${policy(place, 'podSelector:\n  matchLabels:\n    app: nobody')}`;

/** A recipe of one step, with the solution in the place of the draft. */
function recipe(
  id: string,
  title: string,
  about: string,
  {
    text,
    place,
    wanted,
    spec,
    tasks,
    hint,
    world = SHOP,
  }: {
    readonly text: readonly string[];
    readonly place: string;
    /** What to write, as a comment in front of the draft. */
    readonly wanted: string;
    readonly spec: string;
    readonly tasks: readonly Task[];
    readonly hint: string;
    readonly world?: Pieces;
  },
): Lesson {
  const start = [draft(place, wanted), ...world];
  return { id, title, about, steps: [{ title, text, start, tasks, hint, solution: [policy(place, spec), ...world] }] };
}

const DENY = 'podSelector: {}\npolicyTypes:\n  - Ingress';

const LESSONS: readonly Lesson[] = [
  recipe('deny-all-to-an-app', 'Close one app', 'Nobody may connect to the database.', {
    text: [
      'A pod is open to everybody until some policy selects it for `Ingress`. From then on only what a rule of some policy allows may come in.',
      'So a policy that selects the pod and has no rule closes it. The other pods stay as they are.',
    ],
    place: 'shop/db',
    wanted: 'Make this policy select the database, app: db.',
    spec: 'podSelector:\n  matchLabels:\n    app: db\npolicyTypes:\n  - Ingress',
    tasks: [
      { says: 'Nobody may connect to `db`.', claims: [{ deniesAll: { to: 'shop/db' } }] },
      {
        says: 'Everybody may still connect to `web`.',
        claims: [{ allows: { from: ['shop/api', 'office/desk'], to: 'shop/web' } }],
      },
    ],
    hint: 'An empty list of rules allows nothing. With `ingress` left out there is none, and `policyTypes` says `Ingress` by itself.',
  }),
  recipe('limit-to-some-pods', 'Let in one app', 'Only the API may connect to the database.', {
    text: [
      'A rule opens a door: `from` lists who may come in. A `podSelector` in it means pods of the policy’s own namespace that have these labels.',
      'Rules only ever add. There is no rule that closes something again.',
    ],
    place: 'shop/db',
    wanted: 'Close the database, app: db, to all but the API, app: api.',
    spec: 'podSelector:\n  matchLabels:\n    app: db\ningress:\n  - from:\n      - podSelector:\n          matchLabels:\n            app: api',
    tasks: [
      { says: '`api` may connect to `db`.', claims: [{ allows: { from: 'shop/api', to: 'shop/db' } }] },
      { says: 'Nobody else may.', claims: [{ deniesAll: { to: 'shop/db', except: [{ from: 'shop/api' }] } }] },
    ],
    hint: 'Below `ingress` stands a list of rules, below `from` a list of peers: `- from:` and then `- podSelector:`.',
  }),
  {
    id: 'open-one-app-again',
    title: 'Open one app again',
    about: 'In a closed namespace, everybody may connect to the web pods.',
    steps: [
      {
        title: 'Open one app again',
        text: [
          'The namespace is closed by a policy that selects all of its pods: `podSelector: {}`.',
          'A second policy can open one of them to everybody: a rule without `from` lets in whoever comes. Policies add up, and no policy takes away what another one allows.',
        ],
        start: [
          draft('shop/web', 'Open the web pods, app: web, to everybody.'),
          policy('shop/default-deny', DENY),
          ...SHOP,
        ],
        tasks: [
          {
            says: 'Everybody may connect to `web`.',
            claims: [{ allows: { from: ['office/desk', 'shop/api', 'external'], to: 'shop/web' } }],
          },
          { says: '`api` and `db` stay closed.', claims: [{ deniesAll: { to: ['shop/api', 'shop/db'] } }] },
        ],
        hint: 'One empty rule is `ingress: [{}]`. That is not the same as `ingress: []`, which has no rule.',
        solution: [
          policy('shop/web', 'podSelector:\n  matchLabels:\n    app: web\ningress:\n  - {}'),
          policy('shop/default-deny', DENY),
          ...SHOP,
        ],
      },
    ],
  },
  recipe('close-a-namespace', 'Close a namespace', 'Nothing comes in unless a policy allows it.', {
    text: [
      'The first policy of a namespace is often the one that closes it: it selects every pod and allows nothing. What is needed is opened afterwards, one policy for each need.',
      'It holds for pods that come later, too.',
    ],
    place: 'shop/default-deny',
    wanted: 'Make this policy select every pod of the namespace.',
    spec: DENY,
    tasks: [
      {
        says: 'Nobody may connect to any pod of `shop`.',
        claims: [{ deniesAll: { to: ['shop/web', 'shop/api', 'shop/db'] } }],
      },
      { says: '`office` stays open.', claims: [{ allows: { from: 'shop/web', to: 'office/desk' } }] },
    ],
    hint: 'An empty selector, `podSelector: {}`, selects all pods of the policy’s namespace.',
  }),
  recipe(
    'deny-other-namespaces',
    'Keep neighbours out',
    'Pods of the namespace may connect to each other, and nobody else to them.',
    {
      text: [
        'A `podSelector` in a rule never looks outside: without a `namespaceSelector` beside it, it means pods of the policy’s own namespace. An empty one means all of these.',
      ],
      place: 'shop/same-namespace',
      wanted: 'Let the pods of this namespace connect to each other, and nobody else.',
      spec: 'podSelector: {}\ningress:\n  - from:\n      - podSelector: {}',
      tasks: [
        {
          says: 'The pods of `shop` may connect to each other.',
          claims: [
            { allows: { from: ['shop/web', 'shop/api'], to: 'shop/db' } },
            { allows: { from: 'shop/db', to: 'shop/web' } },
          ],
        },
        {
          says: 'Nobody else may connect to them.',
          claims: [
            {
              denies: {
                from: ['office/desk', 'monitoring/prometheus', 'external'],
                to: ['shop/web', 'shop/api', 'shop/db'],
              },
            },
          ],
        },
      ],
      hint: 'Two empty selectors: one for the pods that the policy is about, one for those that may come.',
    },
  ),
  recipe(
    'allow-all-namespaces',
    'Let in the whole cluster',
    'Pods of every namespace may connect, addresses outside may not.',
    {
      text: [
        'An empty `namespaceSelector` means every namespace. That is not the same as a rule without `from`: addresses outside of the cluster are no namespace.',
      ],
      place: 'shop/web',
      wanted: 'Let pods of all namespaces connect to web, but nobody from outside of the cluster.',
      spec: 'podSelector:\n  matchLabels:\n    app: web\ningress:\n  - from:\n      - namespaceSelector: {}',
      tasks: [
        {
          says: 'Every pod may connect to `web`.',
          claims: [{ allows: { from: ['office/desk', 'monitoring/grafana', 'shop/api'], to: 'shop/web' } }],
        },
        { says: 'Addresses outside may not.', claims: [{ denies: { from: 'external', to: 'shop/web' } }] },
      ],
      hint: '`from:` with one peer, `- namespaceSelector: {}`.',
    },
  ),
  recipe('allow-one-namespace', 'Let in one namespace', 'Only pods of a namespace with a certain label may connect.', {
    text: [
      'Namespaces are chosen by their labels. The label `kubernetes.io/metadata.name`, which is the name, every namespace has by itself.',
    ],
    place: 'shop/web',
    wanted: 'Let the namespaces with team: ops connect to web, and nobody else.',
    spec: 'podSelector:\n  matchLabels:\n    app: web\ningress:\n  - from:\n      - namespaceSelector:\n          matchLabels:\n            team: ops',
    tasks: [
      {
        says: 'The pods of `monitoring` may connect to `web`.',
        claims: [{ allows: { from: ['monitoring/prometheus', 'monitoring/grafana'], to: 'shop/web' } }],
      },
      {
        says: 'Nobody else may, the pods of `shop` neither.',
        claims: [
          { deniesAll: { to: 'shop/web', except: [{ from: ['monitoring/prometheus', 'monitoring/grafana'] }] } },
        ],
      },
    ],
    hint: '`matchLabels` below `namespaceSelector`; the labels are those of the Namespace objects below.',
  }),
  recipe(
    'allow-pods-of-a-namespace',
    'Let in some pods of another namespace',
    'Only Prometheus may scrape, not all of monitoring.',
    {
      text: [
        'A `namespaceSelector` and a `podSelector` in the same peer mean both: these pods, in those namespaces.',
        'With a dash in front of each they are two peers, and mean either: all pods of these namespaces, and besides those pods of your own. One dash more or less is the commonest mistake in network policies.',
      ],
      place: 'shop/web',
      wanted: 'Let only app: prometheus in namespaces with team: ops connect to web.',
      spec: 'podSelector:\n  matchLabels:\n    app: web\ningress:\n  - from:\n      - namespaceSelector:\n          matchLabels:\n            team: ops\n        podSelector:\n          matchLabels:\n            app: prometheus',
      tasks: [
        {
          says: '`prometheus` may connect to `web`.',
          claims: [{ allows: { from: 'monitoring/prometheus', to: 'shop/web' } }],
        },
        {
          says: '`grafana`, in the same namespace, may not, nor may anybody else.',
          claims: [{ deniesAll: { to: 'shop/web', except: [{ from: 'monitoring/prometheus' }] } }],
        },
      ],
      hint: 'Write `podSelector` below `namespaceSelector`, in the same column and without a dash.',
    },
  ),
  recipe(
    'allow-from-outside',
    'Let in a network outside',
    'Clients of one network outside of the cluster may connect, and nobody else.',
    {
      text: [
        'A rule without `from` allows everybody, addresses outside of the cluster among them. With a `LoadBalancer` or `NodePort` in front of the pods, this is what lets clients in.',
        'An `ipBlock` lets in a range of addresses only.',
      ],
      place: 'shop/web',
      wanted: 'Let clients of the network 203.0.113.0/24 connect to web, and nobody else.',
      spec: 'podSelector:\n  matchLabels:\n    app: web\ningress:\n  - from:\n      - ipBlock:\n          cidr: 203.0.113.0/24',
      tasks: [
        {
          says: 'Clients of `203.0.113.0/24` may connect to `web`.',
          claims: [{ allows: { from: '203.0.113.0/24', to: 'shop/web' } }],
        },
        {
          says: 'Other addresses may not, nor may pods.',
          claims: [{ denies: { from: ['198.51.100.7', 'office/desk', 'shop/api'], to: 'shop/web' } }],
        },
      ],
      hint: 'An `ipBlock` has one field that it must have, `cidr`.',
    },
  ),
  recipe('allow-one-port', 'Open one port', 'Metrics are scraped on one port, everything else stays closed.', {
    text: [
      '`ports` of a rule says on which ports of the pod it holds. A rule with `from` and `ports` means both: these peers, on those ports.',
      'The port is that of the pod, not that of a Service in front of it.',
    ],
    place: 'shop/api',
    wanted: 'Let app: web connect to app: api, on TCP 8080 only.',
    spec: 'podSelector:\n  matchLabels:\n    app: api\ningress:\n  - from:\n      - podSelector:\n          matchLabels:\n            app: web\n    ports:\n      - port: 8080',
    tasks: [
      {
        says: '`web` may connect to `api` on TCP 8080.',
        claims: [{ allows: { from: 'shop/web', to: 'shop/api', port: 8080 } }],
      },
      {
        says: 'On no other port, and nobody else on any.',
        claims: [{ deniesAll: { to: 'shop/api', except: [{ from: 'shop/web', port: 8080 }] } }],
      },
    ],
    hint: '`ports` stands in the same column as `from`. Without a `protocol` it is TCP.',
  }),
  recipe('allow-several-apps', 'Let in several apps', 'Several peers of one rule: each of them may connect.', {
    text: [
      'The peers below one `from` are alternatives: whoever matches one of them may come in. So are the values of a `matchExpressions` with the operator `In`.',
    ],
    place: 'shop/db',
    wanted: 'Let app: web and app: api connect to the database, app: db, and nobody else.',
    spec: 'podSelector:\n  matchLabels:\n    app: db\ningress:\n  - from:\n      - podSelector:\n          matchExpressions:\n            - key: app\n              operator: In\n              values: [web, api]',
    tasks: [
      {
        says: '`web` and `api` may connect to `db`.',
        claims: [{ allows: { from: ['shop/web', 'shop/api'], to: 'shop/db' } }],
      },
      {
        says: 'Nobody else may.',
        claims: [{ deniesAll: { to: 'shop/db', except: [{ from: ['shop/web', 'shop/api'] }] } }],
      },
    ],
    hint: 'Two peers, each with its dash; or one peer whose `matchExpressions` names both.',
  }),
  recipe('deny-egress', 'Let nothing out', 'The database may answer, and connect to nobody.', {
    text: [
      'Policies also hold for what goes out: `policyTypes: [Egress]`. A policy that selects a pod for `Egress` and has no `egress` rule lets it connect to nobody.',
      'Answers to connections that came in are no connections of their own. They pass.',
    ],
    place: 'shop/db',
    wanted: 'Let the database, app: db, connect to nobody. It may still be asked.',
    spec: 'podSelector:\n  matchLabels:\n    app: db\npolicyTypes:\n  - Egress',
    tasks: [
      { says: '`db` may connect to nobody.', claims: [{ deniesAll: { from: 'shop/db' } }] },
      { says: '`api` may still connect to `db`.', claims: [{ allows: { from: 'shop/api', to: 'shop/db' } }] },
    ],
    hint: 'Without `policyTypes`, a policy without `egress` is about `Ingress`. Here it has to be said.',
  }),
  recipe(
    'deny-egress-but-dns',
    'Let out nothing but DNS',
    'A namespace that may look up names, and connect to nothing else.',
    {
      text: [
        'A namespace that lets nothing out cannot look up names either, and then nothing works, whatever else is opened later. It is the commonest outage by a policy.',
        'DNS is UDP and TCP on port 53, at the pods with `k8s-app: kube-dns` of `kube-system`.',
      ],
      place: 'shop/default-deny',
      wanted: 'Let the pods of shop ask the DNS pods on UDP and TCP 53, and connect to nothing else.',
      spec: 'podSelector: {}\npolicyTypes:\n  - Egress\negress:\n  - to:\n      - namespaceSelector:\n          matchLabels:\n            kubernetes.io/metadata.name: kube-system\n        podSelector:\n          matchLabels:\n            k8s-app: kube-dns\n    ports:\n      - port: 53\n        protocol: UDP\n      - port: 53\n        protocol: TCP',
      tasks: [
        {
          says: 'The pods of `shop` may look up names.',
          claims: ['UDP 53', 'TCP 53'].map((port) => ({
            allows: { from: ['shop/web', 'shop/api', 'shop/db'], to: 'kube-system/coredns', port },
          })),
        },
        {
          says: 'They may connect to nothing else.',
          claims: [
            {
              deniesAll: {
                from: ['shop/web', 'shop/api', 'shop/db'],
                except: [{ to: 'kube-system/coredns', port: ['UDP 53', 'TCP 53'] }],
              },
            },
          ],
        },
      ],
      hint: 'A `port` without `protocol` is TCP, so UDP needs an entry of its own.',
      world: [...SHOP.slice(0, 6), namespace('kube-system'), pod('kube-system/coredns', 'k8s-app: kube-dns', 53)],
    },
  ),
  recipe('deny-egress-to-outside', 'Stay inside', 'A pod may connect to the cluster, and not to the internet.', {
    text: [
      'An empty `namespaceSelector` below `to` means every pod of the cluster, and no address outside of it. So data cannot leave by this pod, and it goes on working with its neighbours.',
    ],
    place: 'shop/api',
    wanted: 'Let app: api connect to all pods of the cluster, and to nothing outside of it.',
    spec: 'podSelector:\n  matchLabels:\n    app: api\npolicyTypes:\n  - Egress\negress:\n  - to:\n      - namespaceSelector: {}',
    tasks: [
      {
        says: '`api` may connect to every pod.',
        claims: [{ allows: { from: 'shop/api', to: ['shop/db', 'office/desk', 'monitoring/grafana'] } }],
      },
      { says: 'It may not connect to addresses outside.', claims: [{ denies: { from: 'shop/api', to: 'external' } }] },
    ],
    hint: '`to` is to `egress` what `from` is to `ingress`.',
  }),
];

/** The recipes for network policies that people know, as tasks. */
export const RECIPES: Course = {
  title: 'Network policy recipes',
  about: 'The needs that come up again and again, one policy each.',
  lessons: LESSONS,
};
