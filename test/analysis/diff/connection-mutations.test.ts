import { Cluster, compareConnections, manifestsOf } from '../../../analysis';
import { changes } from './connection-changes';
import { WORLDS } from './connection-worlds';

// Whatever is changed in manifests, `diff` never calls connections the same, but for what is known to say nothing of them.

/** Of so many changes the everyday run asks one, in one direction; the nightly one asks all, forth and back. */
const isNightly = process.env.NIGHTLY === '1';
const STEP = isNightly ? 1 : 23;

const sideOf = (objects: readonly object[]) => {
  const reading = manifestsOf(objects);
  return { cluster: Cluster.from(reading), manifests: reading.manifests };
};

/** What says nothing of connections, by the manifests and the change, and why. */
const HARMLESS: readonly (readonly [RegExp, string])[] = [
  // Of all kinds.
  [/ apiVersion = /, 'another version of a group says the same'],
  [/ metadata\.(?:annotations|labels\.by)/, 'no policy asks for these'],
  [/ and another$/, 'no policy asks for another label'],
  [/: \w*Policy\/\S+ metadata\.(?:name =|labels gone)/, 'a policy is nobody but what it says'],
  [/: \w*Set\/\S+ metadata\.name =/, 'policies name a set by its labels'],
  [/ spec\.\w+\[\d\]\.name (?:=|gone)/, 'rules and listeners are nobody but what they say'],
  [/ spec\.(?:policyTypes|types) gone$/, 'an API server fills in the directions of which there are rules'],
  [
    / spec\.(?:policyTypes|types)(?: and "|\[0\] gone$)/,
    'the direction is there twice, or is filled in where it is the only one',
  ],
  [/\.protocol gone$/, 'an API server fills in TCP'],
  // Of workloads.
  [
    /: Deployment\/\S+ spec\.(?:replicas|selector)/,
    'how many pods it has, and which it takes for its own, their labels tell',
  ],
  [/\.(?:image|containers\[0\]\.name) /, 'what pods run is not asked'],
  [/^(?!policies of Calico).*\.serviceAccountName /, 'policies of Calico and Cilium alone ask for service accounts'],
  [/: Pod\/agent metadata\.labels/, 'no selector matches a pod on the network of its node'],
  [/: Pod\/job metadata\.labels\.old (?:= |gone$)/, 'it is asked whether pods of db have the label'],
  [/: Deployment\/web \S+\.labels\.tier = /, 'it is asked whether the label is there'],
  [/: Deployment\/db \S+\.labels\.stage /, 'it is asked whether it is another one'],
  [/: (?:Pod|Deployment)\/\S+ \S*spec(?: gone|\.(?:initC|c)ontainers)/, 'no policy asks for these ports by name'],
  // Of NetworkPolicies.
  [/^NetworkPolicies.*\/db spec\.egress\[0\]\.to and \{"pod/, 'all pods of the namespace are among them'],
  // Of the admin tiers.
  [
    /^admin.*: Deployment\/(?:cron spec\.template\.metadata|web \S+\.labels\.tier gone)/,
    'no policy asks for these labels',
  ],
  [/^admin.* spec\.priority = /, 'no other policy comes before or behind it now'],
  [/^admin.*\/guard spec\.egress\[0\]\.action = Pass$/, 'no other policy denies what it passes on'],
  [/^admin.*\/guard spec\.egress\[\d\]\.to and \{"nodes/, 'nodes are let through before'],
  [/^admin.*\/guard spec\.egress\[1\]\.to.* and .*"192\.0\.2\.64\/26"/, 'all addresses are among them'],
  [/^admin.* spec\.ingress\[\d\]\.from and \{"namespaces/, 'all namespaces are among them'],
  [/^admin.*\.namespaceSelector gone$/, 'left out, it means all namespaces as well'],
  [/^admin.*\/base spec\.tier = Admin$/, 'no NetworkPolicy is for these pods'],
  // Of Calico.
  [/^policies of Calico.* spec\.order (?:=|gone$)/, 'no other tier or policy comes before or behind it now'],
  [
    /^policies of Calico.*: Tier\/last spec(?: gone|\.defaultAction gone)$/,
    'Deny, and the end of the order, are what is filled in',
  ],
  [
    /^policies of Calico.*\/last\.monitor spec\.(?:tier (?:gone|= default)$|egress\[0\]\.action = Pass)/,
    'nothing comes behind it, and the default tier denies at its end too',
  ],
  [
    /^policies of Calico.*\/default\.db spec\.(?:tier gone|ingress\[\d\]\.action = Pass)$/,
    'the tier is the default one, behind which nothing denies',
  ],
  [/^policies of Calico.*\/security\.guard spec\.egress\[0\]\.action = Pass$/, 'nothing behind it denies'],
  [/^policies of Calico.*\/security\.guard spec\.egress\[3\]/, 'to log is to decide nothing'],
  [/^policies of Calico.* spec\.egress\[1\]\.ipVersion gone$/, 'all of its addresses are IPv4'],
  [
    /^policies of C.*: Service\/web spec\.ports.*(?:port =|\.name|and)/,
    'policies ask for the pods of a Service, and their ports',
  ],
  [/^policies of Calico.*: Deployment\/cron spec\.template\.metadata/, 'no policy is about these pods'],
  [/^policies of Calico.*\/security\.guard spec\.ingress\[0\]/, 'monitor may not connect to these ports itself'],
  // Of Cilium.
  [
    /^policies of Cilium.*: Namespace\/shop (?:metadata\.(?:labels|name)|(?:kind |metadata )?gone)/,
    'no policy asks for the labels of this namespace',
  ],
  [/^policies of Cilium.*: CiliumCIDRGroup\/partners metadata\.labels/, 'it is named, and not by its labels'],
  [/^policies of Cilium.*: CiliumCIDRGroup\/office metadata\.name =/, 'it is asked for by its labels'],
  [/^policies of Cilium.*: Service\/web spec\.ports/, 'toServices means its pods, whatever their ports'],
  // Of ways that lead in; what becomes of requests is compared as routes.
  [
    /^ways.*: Namespace\/shop (?:metadata\.(?:labels|name)|(?:kind |metadata )?gone)/,
    'no policy asks for the labels of this namespace',
  ],
  [/^ways.*: Deployment\/ingress-nginx-controller \S+\.metadata/, 'policies let its whole namespace in'],
  [/^ways.*: Service\/web spec\.(?:ports\[0\]\.port =|ports and|type)/, 'the port is asked for by its name'],
  [/^ways.*: Service\/\S+ spec\.ports\[0\]\.(?:name|nodePort)/, 'no way asks for it by that'],
  [
    /^ways.*: Service\/\S+ spec\.(?:externalIPs\[0\] =|type gone|clusterIP)/,
    'whoever comes, and to which pods, is the same by another address of the Service',
  ],
  [/^ways.*: Service\/headless spec\.ports and/, 'it leads to its pods, whatever their ports'],
  [
    /^ways.*: Ingress\/web spec\.(?:tls|ingressClassName gone|rules.*\.(?:pathType|path gone))/,
    'it is requests that differ',
  ],
  [/^ways.*: IngressClass\/nginx /, 'without the object of a class its name is taken for it'],
  [
    /^ways.*: Gateway\/web spec\.listeners\[\d\]\.(?:port|hostname gone|protocol = HTTPS)/,
    'it is requests that differ',
  ],
  [
    /^ways.*: HTTPRoute\/web .*(?:\.(?:type|weight)|(?:group|kind|namespace|sectionName) gone)/,
    'an API server fills it in, or it is requests that differ',
  ],
  [/^ways.*: TCPRoute\/db .*(?:sectionName|port) gone$/, 'the other one tells the listener'],
];

const isHarmless = (text: string) => HARMLESS.some(([pattern]) => pattern.test(text));

const isWorkload = (object: object) => /^(?:Pod|Deployment)$/.test((object as { kind: string }).kind);

describe.each(WORLDS)('of %s', (what, all) => {
  test.each([
    ['with their workloads', all],
    ['without workloads', all.filter((object) => !isWorkload(object))],
  ])('%s, no change is called the same but for those that say nothing of connections', (_, objects) => {
    const before = sideOf(objects);
    expect(before.cluster.problems).toEqual([]);
    expect(compareConnections(before, sideOf(structuredClone(objects))).same).toBe(true);
    const asked = [...changes(objects)].filter(({ text }) => !isHarmless(`${what}: ${text}`));
    const silent = new Set<string>();
    let told = 0;
    for (const [at, change] of asked.filter((_, place) => place % STEP === 0).entries()) {
      const after = sideOf(change.objects);
      // What an API server refuses is told before anything is compared.
      if (after.cluster.problems.some(({ severity = 'error' }) => severity === 'error')) {
        continue;
      }
      const directions = [
        [before, after],
        [after, before],
      ] as const;
      const some = isNightly ? directions : [directions[at % 2 === 0 ? 0 : 1]];
      if (some.some((sides) => sides !== undefined && compareConnections(...sides).same)) {
        silent.add(change.text);
      } else {
        told++;
      }
    }
    expect([...silent]).toEqual([]);
    expect(told).toBeGreaterThan(asked.length / STEP / 3);
  });
});
