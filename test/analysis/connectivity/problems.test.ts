import { Cluster, readManifests } from '../../../analysis';

/** The problems of some YAML, as a command prints them. */
function problems(text: string): string[] {
  const { problems: found } = Cluster.from(readManifests(text, 'a.yaml'));
  return found.map(({ code, file, line, message }) => `${code} ${file}:${line}: ${message}`);
}

const policy = (spec: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec:\n  ${spec}\n`;
const rule = (text: string) => policy(`ingress:\n  - ${text}`);
const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\nspec:\n  ${spec}\n`;

describe('a NetworkPolicy', () => {
  const at = 'NetworkPolicy shop/p: spec';

  test.each([
    [
      'a CIDR that is none',
      rule('from: [{ipBlock: {cidr: 10.0.0.300/8}}]'),
      `bad-cidr a.yaml:6: ${at}.ingress[0].from[0].ipBlock.cidr is "10.0.0.300/8"; give a block of addresses such as "10.0.0.0/8" or "2001:db8::/32"`,
    ],
    [
      'an address without prefix',
      rule('from: [{ipBlock: {cidr: 10.0.0.1}}]'),
      `bad-cidr a.yaml:6: ${at}.ingress[0].from[0].ipBlock.cidr is "10.0.0.1"; did you mean "10.0.0.1/32"?`,
    ],
    [
      'an IPv6 address without prefix',
      rule('from: [{ipBlock: {cidr: "2001:db8::1"}}]'),
      `bad-cidr a.yaml:6: ${at}.ingress[0].from[0].ipBlock.cidr is "2001:db8::1"; did you mean "2001:db8::1/128"?`,
    ],
    [
      'a prefix that is too long',
      rule('from: [{ipBlock: {cidr: 10.0.0.0/33}}]'),
      `bad-cidr a.yaml:6: ${at}.ingress[0].from[0].ipBlock.cidr is "10.0.0.0/33"; give a block of addresses such as "10.0.0.0/8" or "2001:db8::/32"`,
    ],
    [
      'leading zeros, which some read as octal',
      rule('from: [{ipBlock: {cidr: 010.0.0.0/8}}]'),
      `bad-cidr a.yaml:6: ${at}.ingress[0].from[0].ipBlock.cidr is "010.0.0.0/8"; give a block of addresses such as "10.0.0.0/8" or "2001:db8::/32"`,
    ],
    [
      'IPv4 written as IPv6',
      rule('from: [{ipBlock: {cidr: "::ffff:10.0.0.0/104"}}]'),
      `bad-cidr a.yaml:6: ${at}.ingress[0].from[0].ipBlock.cidr is "::ffff:10.0.0.0/104"; write IPv4 addresses as such`,
    ],
    [
      'a zone',
      rule('from: [{ipBlock: {cidr: "fe80::1%eth0/64"}}]'),
      `bad-cidr a.yaml:6: ${at}.ingress[0].from[0].ipBlock.cidr is "fe80::1%eth0/64"; leave out the zone`,
    ],
    [
      'a block without CIDR',
      rule('from: [{ipBlock: {except: []}}]'),
      `bad-cidr a.yaml:6: ${at}.ingress[0].from[0].ipBlock.cidr is missing; give a block of addresses such as "10.0.0.0/8"`,
    ],
    [
      'an exception outside of its block',
      rule('from:\n    - ipBlock:\n        cidr: 10.0.0.0/8\n        except: [10.1.0.0/16, 11.0.0.0/16]'),
      `bad-except a.yaml:9: ${at}.ingress[0].from[0].ipBlock.except[1] is "11.0.0.0/16"; give a smaller block inside of 10.0.0.0/8`,
    ],
    [
      'an exception that is the whole block',
      rule('from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]'),
      `bad-except a.yaml:6: ${at}.ingress[0].from[0].ipBlock.except[0] is "10.0.0.0/8"; give a smaller block inside of 10.0.0.0/8`,
    ],
    [
      'an exception of the other family',
      rule('from: [{ipBlock: {cidr: "::/0", except: [10.0.0.0/8]}}]'),
      `bad-except a.yaml:6: ${at}.ingress[0].from[0].ipBlock.except[0] is "10.0.0.0/8"; give a smaller block inside of ::/0`,
    ],
    [
      'an exception that is no CIDR',
      rule('from: [{ipBlock: {cidr: "::/0", except: [5]}}]'),
      `bad-except a.yaml:6: ${at}.ingress[0].from[0].ipBlock.except[0] is 5; give a block of addresses such as "10.0.0.0/8"`,
    ],
    [
      'an unknown operator',
      policy('podSelector: {matchExpressions: [{key: a, operator: in, values: [b]}]}'),
      `bad-selector a.yaml:5: ${at}.podSelector.matchExpressions[0].operator is "in"; use In, NotIn, Exists or DoesNotExist`,
    ],
    [
      'an expression without key',
      policy('podSelector: {matchExpressions: [{operator: Exists}]}'),
      `bad-selector a.yaml:5: ${at}.podSelector.matchExpressions[0].key is missing; give the key of a label`,
    ],
    [
      'In without values',
      rule('from: [{podSelector: {matchExpressions: [{key: a, operator: In}]}}]'),
      `bad-selector a.yaml:6: ${at}.ingress[0].from[0].podSelector.matchExpressions[0].values is empty; In takes at least one value`,
    ],
    [
      'Exists with values',
      rule('from: [{podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}]'),
      `bad-selector a.yaml:6: ${at}.ingress[0].from[0].podSelector.matchExpressions[0].values is not empty; Exists takes no values`,
    ],
    [
      'a value that no label can have',
      policy('podSelector: {matchLabels: {app: "a b"}}'),
      `bad-label a.yaml:5: ${at}.podSelector.matchLabels.app is "a b"; use at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends`,
    ],
    [
      'a key that no label can have',
      policy('podSelector: {matchLabels: {"a/b/c": x}}'),
      `bad-label a.yaml:5: ${at}.podSelector.matchLabels.a/b/c: the key "a/b/c" cannot be a label; use at most 63 letters, digits, "-", "_" and ".", with a DNS name and "/" before it if need be`,
    ],
    [
      'a key that is too long',
      policy(`podSelector: {matchLabels: {a.b/${'c'.repeat(64)}: x}}`),
      `bad-label a.yaml:5: ${at}.podSelector.matchLabels.a.b/${'c'.repeat(64)}: the key "a.b/${'c'.repeat(64)}" cannot be a label; use at most 63 letters, digits, "-", "_" and ".", with a DNS name and "/" before it if need be`,
    ],
    [
      'a value that YAML does not read as text',
      policy('podSelector: {matchLabels: {app: yes}}'),
      `bad-label a.yaml:5: ${at}.podSelector.matchLabels.app is true; give a text; in YAML, quote it`,
    ],
    [
      'an endPort below port',
      rule('ports: [{port: 90, endPort: 80}]'),
      `bad-end-port a.yaml:6: ${at}.ingress[0].ports[0].endPort is 80; give a number that is not below port, which is 90`,
    ],
    [
      'an endPort without port',
      rule('ports: [{endPort: 80}]'),
      `bad-end-port a.yaml:6: ${at}.ingress[0].ports[0].endPort is 80, but port is missing; endPort goes with a number in port`,
    ],
    [
      'an endPort beside a name',
      rule('ports: [{port: http, endPort: 80}]'),
      `bad-end-port a.yaml:6: ${at}.ingress[0].ports[0].endPort is 80, but port is the name of one; endPort goes with a number in port`,
    ],
    [
      'an endPort that is too high',
      rule('ports: [{port: 80, endPort: 65536}]'),
      `bad-end-port a.yaml:6: ${at}.ingress[0].ports[0].endPort is 65536; give an integer from 1 to 65535`,
    ],
    [
      'a port of 70000',
      rule('ports:\n    - port: 80\n    - port: 70000'),
      `bad-port a.yaml:8: ${at}.ingress[0].ports[1].port is 70000; give an integer from 1 to 65535`,
    ],
    [
      'a port of 0',
      rule('ports: [{port: 0}]'),
      `bad-port a.yaml:6: ${at}.ingress[0].ports[0].port is 0; give an integer from 1 to 65535`,
    ],
    [
      'half a port',
      rule('ports: [{port: 80.5}]'),
      `bad-port a.yaml:6: ${at}.ingress[0].ports[0].port is 80.5; give an integer from 1 to 65535`,
    ],
    [
      'a number in quotes',
      rule('ports: [{port: "80"}]'),
      `bad-port a.yaml:6: ${at}.ingress[0].ports[0].port is "80"; write a number without quotes`,
    ],
    [
      'a name that no port can have',
      rule('ports: [{port: HTTP}]'),
      `bad-port a.yaml:6: ${at}.ingress[0].ports[0].port is "HTTP"; a name has 1 to 15 lower-case letters, digits and "-", at least one of them a letter, and no "-" at an end or beside another`,
    ],
    [
      'a name with "-" beside "-"',
      rule('ports: [{port: a--b}]'),
      `bad-port a.yaml:6: ${at}.ingress[0].ports[0].port is "a--b"; a name has 1 to 15 lower-case letters, digits and "-", at least one of them a letter, and no "-" at an end or beside another`,
    ],
    [
      'an unknown protocol',
      rule('ports: [{protocol: ICMP}]'),
      `bad-protocol a.yaml:6: ${at}.ingress[0].ports[0].protocol is "ICMP"; use TCP, UDP or SCTP`,
    ],
    [
      'a protocol in small letters',
      rule('ports: [{protocol: tcp}]'),
      `bad-protocol a.yaml:6: ${at}.ingress[0].ports[0].protocol is "tcp"; use TCP, UDP or SCTP`,
    ],
    [
      'an unknown policy type',
      policy('policyTypes: [Ingress, egress]'),
      `bad-policy-type a.yaml:5: ${at}.policyTypes[1] is "egress"; use Ingress or Egress`,
    ],
    [
      'more directions than there are',
      policy('policyTypes: [Ingress, Egress, Ingress]'),
      `bad-policy-type a.yaml:5: ${at}.policyTypes has 3 items; give Ingress, Egress or both`,
    ],
    [
      'a peer that names nobody',
      rule('from: [{}]'),
      `bad-peer a.yaml:6: ${at}.ingress[0].from[0] names no peer; give podSelector, namespaceSelector or ipBlock, or leave the list out for everybody`,
    ],
    [
      'an ipBlock beside a selector',
      rule('from: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]'),
      `bad-peer a.yaml:6: ${at}.ingress[0].from[0] has an ipBlock beside a selector; make two peers of it`,
    ],
    [
      'a field in wrong letters',
      rule('from: [{podselector: {}}]'),
      `unknown-field a.yaml:6: ${at}.ingress[0].from[0].podselector is no field of this kind; did you mean podSelector?`,
    ],
    [
      'a field with a letter missing',
      policy('policyType: [Egress]'),
      `unknown-field a.yaml:5: ${at}.policyType is no field of this kind; did you mean policyTypes?`,
    ],
    [
      'a field of the other direction',
      rule('to: [{podSelector: {}}]'),
      `unknown-field a.yaml:6: ${at}.ingress[0].to is no field of this kind; known are from, ports`,
    ],
    [
      'a rule that nobody wrote',
      rule(''),
      `bad-shape a.yaml:5: ${at}.ingress[0] is null; give a mapping, {} for a rule that allows everything`,
    ],
    [
      'rules that are no list',
      policy('ingress: {from: []}'),
      `bad-shape a.yaml:5: ${at}.ingress is a mapping; give a list`,
    ],
    [
      'a selector that is no mapping',
      policy('podSelector: app=web'),
      `bad-shape a.yaml:5: ${at}.podSelector is "app=web"; give a mapping`,
    ],
    [
      'a port that is no mapping',
      rule('ports: [80]'),
      `bad-shape a.yaml:6: ${at}.ingress[0].ports[0] is 80; give a mapping with protocol and port`,
    ],
  ])('fails for %s', (_, text, expected) => {
    expect(problems(text)[0]).toBe(expected);
  });

  test('fails in the part that has no effect, too', () => {
    expect(problems(policy('policyTypes: [Ingress]\n  egress: [{ports: [{port: 0}]}]'))).toEqual([
      `bad-port a.yaml:6: ${at}.egress[0].ports[0].port is 0; give an integer from 1 to 65535`,
    ]);
  });

  test('fails with everything that is wrong, not only the first', () => {
    expect(problems(rule('from: [{ipBlock: {cidr: x}}, {}]\n    ports: [{port: 0, protocol: x}]'))).toHaveLength(4);
  });

  test('may be odd and still legal', () => {
    const legal = [
      policy('{}'),
      rule('{}'),
      rule('from: []\n    ports: []'),
      rule('ports: [{}]'),
      policy('podSelector: {matchLabels: , matchExpressions: }'),
      policy('podSelector: {matchExpressions: [{key: a, operator: Exists, values: []}]}'),
      policy('policyTypes: [Egress, Egress]'),
      rule('from: [{podSelector: {}, namespaceSelector: , ipBlock: }]'),
      rule('from: [{ipBlock: {cidr: 10.1.2.3/8, except: }}]'),
      policy('podSelector: {matchLabels: {app: ""}}'),
      policy('podSelector: {matchLabels: {app: }}'),
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: , a.b/c: 1.x}}\n',
    ];
    expect(legal.flatMap(problems)).toEqual([]);
  });
});

describe('a workload', () => {
  test.each([
    [
      'a label with a space',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  labels:\n    app: a b\n',
      'bad-label a.yaml:6: Pod p: metadata.labels.app is "a b"; use at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends',
    ],
    [
      'a label that is too long',
      `apiVersion: v1\nkind: Namespace\nmetadata: {name: p, labels: {app: ${'a'.repeat(64)}}}\n`,
      `bad-label a.yaml:3: Namespace p: metadata.labels.app is "${'a'.repeat(64)}"; use at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends`,
    ],
    [
      'a label of the template that is no text',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec:\n  template:\n    metadata: {labels: {on: 1}}\n',
      'bad-label a.yaml:6: Deployment d: spec.template.metadata.labels.true is 1; give a text; in YAML, quote it',
    ],
    [
      'no template',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec:\n  replicas: 1\n',
      'bad-template a.yaml:4: Deployment d: spec.template is missing; give a template of the pods, with their labels',
    ],
    [
      'no spec',
      'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: d}\n',
      'bad-template a.yaml:1: CronJob d: spec.jobTemplate.spec.template is missing; give a template of the pods, with their labels',
    ],
    [
      'a template that is no mapping',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: [a]}\n',
      'bad-shape a.yaml:4: Deployment d: spec.template is a list; give a mapping',
    ],
    [
      'a container port of 70000',
      pod('containers: [{ports: [{containerPort: 70000}]}]'),
      'bad-port a.yaml:5: Pod shop/p: spec.containers[0].ports[0].containerPort is 70000; give an integer from 1 to 65535',
    ],
    [
      'an unknown protocol',
      pod('containers: [{ports: [{containerPort: 1, protocol: HTTP}]}]'),
      'bad-protocol a.yaml:5: Pod shop/p: spec.containers[0].ports[0].protocol is "HTTP"; use TCP, UDP or SCTP',
    ],
    [
      'a port name in capitals',
      pod('containers: [{ports: [{containerPort: 1, name: Http}]}]'),
      'bad-port a.yaml:5: Pod shop/p: spec.containers[0].ports[0].name is "Http"; a name has 1 to 15 lower-case letters, digits and "-", at least one of them a letter, and no "-" at an end or beside another',
    ],
    [
      'a container that nobody wrote',
      pod('containers: [null]'),
      'bad-shape a.yaml:5: Pod shop/p: spec.containers[0] is null; give a mapping',
    ],
    [
      'hostNetwork that is neither true nor false',
      pod('hostNetwork: "true"'),
      'bad-shape a.yaml:5: Pod shop/p: spec.hostNetwork is "true"; give true or false',
    ],
  ])('fails for %s', (_, text, expected) => {
    expect(problems(text)).toEqual([expected]);
  });
});

test('an empty protocol is TCP to a container and a Service, as an API server fills it in, and a mistake in a policy', () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 1, protocol: ""}]}\n';
  expect(problems(service)).toEqual([]);
  expect(problems(pod('containers: [{ports: [{containerPort: 1, name: a, protocol: ""}]}]'))).toEqual([]);
  expect(problems(pod('containers: [{ports: [{containerPort: 1, name: ""}]}]'))).toEqual([]);
  expect(problems(rule('ports: [{protocol: ""}]'))).toHaveLength(1);
});

describe('a Service or an Ingress', () => {
  const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: ${spec}\n`;
  const ingress = (paths: string) =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec: {rules: [{http: {paths: ${paths}}}]}\n`;

  test.each([
    [
      'a port of 0',
      service('{selector: {a: b}, ports: [{port: 0}]}'),
      'bad-port a.yaml:4: Service s: spec.ports[0].port is 0; give an integer from 1 to 65535',
    ],
    [
      'a target that no port can have',
      service('{selector: {a: b}, ports: [{port: 80, targetPort: 70000}]}'),
      'bad-port a.yaml:4: Service s: spec.ports[0].targetPort is 70000; give an integer from 1 to 65535',
    ],
    [
      'a type that there is none of',
      service('{type: Internal, ports: [{port: 80}]}'),
      'bad-service a.yaml:4: Service s: spec.type is "Internal"; give ClusterIP, NodePort, LoadBalancer or ExternalName',
    ],
    [
      'several ports of which one has no name',
      service('{ports: [{port: 80, name: a}, {port: 81}]}'),
      'bad-service a.yaml:4: Service s: spec.ports[1].name is missing; with several ports, give each a name',
    ],
    [
      'two ports of one name',
      service('{ports: [{port: 80, name: a}, {port: 81, name: a}]}'),
      'bad-service a.yaml:4: Service s: spec.ports[1].name is "a", and so is that of spec.ports[0]; give each its own',
    ],
    [
      'one port twice',
      service('{ports: [{port: 80, name: a}, {port: 80, name: b, protocol: TCP}]}'),
      'bad-service a.yaml:4: Service s: spec.ports[1] is TCP 80, and so is spec.ports[0]; leave one out',
    ],
    [
      'a selector that is no label',
      service('{selector: {a: 1}, ports: [{port: 80}]}'),
      'bad-label a.yaml:4: Service s: spec.selector.a is 1; give a text; in YAML, quote it',
    ],
    [
      'a backend without port',
      ingress('[{backend: {service: {name: s}}}]'),
      'bad-port a.yaml:4: Ingress i: spec.rules[0].http.paths[0].backend.service.port.number is missing; give an integer from 1 to 65535',
    ],
    [
      'a backend without name',
      ingress('[{backend: {service: {port: {number: 80}}}}]'),
      'bad-shape a.yaml:4: Ingress i: spec.rules[0].http.paths[0].backend.service.name is missing; give the name of a Service',
    ],
    [
      'paths that are no list',
      ingress('{}'),
      'bad-shape a.yaml:4: Ingress i: spec.rules[0].http.paths is a mapping; give a list',
    ],
  ])('fails for %s', (_, text, expected) => {
    expect(problems(text)).toEqual([expected]);
  });
});

test('a Service may have one number for two protocols, and a headless one no ports', () => {
  const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: ${spec}\n`;
  expect(problems(service('{ports: [{port: 53, name: a}, {port: 53, name: b, protocol: UDP}]}'))).toEqual([]);
  expect(problems(service('{clusterIP: None, selector: {a: b}}'))).toEqual([]);
});

describe('an object that is given twice', () => {
  const first = policy('podSelector: {}');

  test('fails where the two differ, and names the other', () => {
    expect(problems(`${first}---\n${policy('podSelector: {matchLabels: {a: b}}')}`)).toEqual([
      'duplicate-object a.yaml:7: NetworkPolicy shop/p: the same object stands at a.yaml:1 with other content; keep one of them; this one, which comes last, is taken',
    ]);
  });

  test('is one object where the two are the same', () => {
    expect(problems(`${first}---\n${first}`)).toEqual([]);
    expect(Cluster.from(readManifests(`${pod('{}')}---\n${pod('{}')}`, 'a.yaml')).workloads).toHaveLength(1);
  });

  test('is one Job where the two differ in when they are removed and how they are deployed', () => {
    const job = (more: string, image: string) =>
      `apiVersion: batch/v1\nkind: Job\nmetadata: {name: a${more ? ', annotations: {hook: x}' : ''}}\nspec: {${more}template: {spec: {containers: [{name: a, image: ${image}}]}}}\n`;
    expect(problems(`${job('', 'a')}---\n${job('ttlSecondsAfterFinished: 0, ', 'a')}`)).toEqual([]);
    expect(problems(`${job('', 'a')}---\n${job('', 'b')}`)).toHaveLength(1);
  });

  test('is in one namespace: left out, it is default', () => {
    const inDefault = (metadata: string, label: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: a, ${metadata} labels: {a: ${label}}}\n`;
    expect(problems(`${inDefault('', 'x')}---\n${inDefault('namespace: default,', 'z')}`)).toHaveLength(1);
  });
});

test('what reading found is among the problems of the cluster', () => {
  expect(problems('a: [')).toEqual([
    'syntax a.yaml:1: not YAML: unexpected end of the stream within a flow collection (column 5)',
  ]);
});

test('policies of other makers are not taken into account, and that is said', () => {
  const text =
    'apiVersion: crd.antrea.io/v1beta1\nkind: ClusterNetworkPolicy\nmetadata: {name: deny}\nspec: {ingress: [{action: Drop}]}\n';
  const { problems: none, notes } = Cluster.from(readManifests(text, 'a.yaml'));
  expect(none).toEqual([]);
  expect(notes).toEqual([
    {
      code: 'foreign-policy',
      file: 'a.yaml',
      line: 1,
      message:
        'ClusterNetworkPolicy deny: a policy of crd.antrea.io, which is not taken into account; it may close more',
    },
  ]);
});

test('a policy that selects by a label that a controller makes up says so, in each direction and once for each label', () => {
  const notes = (spec: string) => Cluster.from(readManifests(policy(spec), 'a.yaml')).notes;
  const hash = 'matchExpressions: [{key: pod-template-hash, operator: Exists}]';
  const note = (key: string) => ({
    code: 'generated-label',
    file: 'a.yaml',
    line: 1,
    message: `NetworkPolicy shop/p: it selects by the label ${key}, which a controller gives to its pods; pods are taken to have it only where their manifest says so`,
  });
  expect(notes(`podSelector: {${hash}}\n  egress: [{to: [{podSelector: {${hash}}}]}]`)).toEqual([
    note('pod-template-hash'),
  ]);
  expect(
    notes('ingress: [{from: [{podSelector: {matchLabels: {statefulset.kubernetes.io/pod-name: db-0}}}]}]'),
  ).toEqual([note('statefulset.kubernetes.io/pod-name')]);
  expect(notes('podSelector: {matchLabels: {app: web}}')).toEqual([]);
});
