import { Cluster, type ClusterOptions, type Ports, type Workload } from '../../../analysis';
import { PortSets } from '../../../analysis/connectivity/engine/port-sets';
import fc from '../../helpers/random';
import { randomCluster } from './random-clusters';

/** How many clusters are looked at. */
const RUNS = process.env.NIGHTLY === '1' ? 5_000 : 40;

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes
type Template = any;

const sets = new PortSets();
const setOf = (ports: Ports) =>
  ports === 'all' ? 1 : sets.unionOf(ports.map(({ protocol, from, to }) => sets.range(protocol, from, to)));

/** The pods of an object. */
function templatesOf(object: Template): Template[] {
  if (object.kind === 'Pod') {
    return [object];
  }
  const template = object.spec?.template ?? object.spec?.jobTemplate?.spec.template;
  return template === undefined ? [] : [template];
}

const address = fc.constantFrom('10.0.0.0', '10.1.2.3', '10.255.0.1', '127.255.255.255', '2001:db8:1::5', 'fe80::1');

test('whatever addresses pods have of which no manifest tells any, what is open is among what may be', () => {
  let differences = 0;
  fc.assert(
    fc.property(
      randomCluster,
      fc.array(address, { minLength: 8, maxLength: 8 }),
      fc.boolean(),
      ({ plain: { hostNetwork }, objects }, addresses, isKnownPlugin) => {
        const pods = ['0.0.0.0/0', '::/0'];
        const options: ClusterOptions = { hostNetwork, pods, ...(isKnownPlugin ? { ipBlocks: 'everywhere' } : {}) };
        const before = Cluster.from(objects, options);
        const told = structuredClone(objects) as Template[];
        for (const [place, template] of told.flatMap(templatesOf).entries()) {
          if (!(hostNetwork === 'node' && template.spec?.hostNetwork === true)) {
            template.status ??= { podIPs: [{ ip: addresses[place % addresses.length] }] };
          }
        }
        for (const ipBlocks of isKnownPlugin ? (['everywhere'] as const) : (['outside', 'everywhere'] as const)) {
          const after = Cluster.from(told, { ...options, ipBlocks });
          expect(after.problems).toEqual([]);
          const both = (from: Workload, to: Workload) => {
            const known = setOf(before.ports(from, to));
            const doubts = before.doubts(from, to).map(({ ports }) => setOf(ports));
            const is = setOf(after.ports(from, to));
            const least = doubts.reduce((a, b) => sets.intersection(a, b), known);
            const most = sets.unionOf([known, ...doubts]);
            differences += is === known ? 0 : 1;
            return [sets.difference(least, is), sets.difference(is, most)];
          };
          for (const from of after.workloads) {
            for (const to of after.workloads) {
              expect(both(from, to)).toEqual([0, 0]);
            }
          }
        }
      },
    ),
    { numRuns: RUNS },
  );
  expect(differences).toBeGreaterThan(0);
});
