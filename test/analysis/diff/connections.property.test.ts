import {
  Cluster,
  compareConnections,
  isExternal,
  manifestsOf,
  type Peer,
  type Ports,
  peerText,
  type UnseenConnection,
} from '../../../analysis';
import fc from '../../helpers/random';
import { randomCluster } from '../connectivity/random-clusters';

const RUNS = process.env.NIGHTLY === '1' ? 5_000 : 30;

/** Both sides of a change: two random clusters share many names, and sometimes only a few objects are exchanged. */
const change = fc
  .tuple(randomCluster, randomCluster, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), fc.boolean())
  .map(([before, other, taken, isSmall]) => {
    const small = before.objects.filter((_, at) => taken[at % taken.length]);
    return { before: before.objects, after: isSmall ? small : other.objects };
  });

const sideOf = (objects: readonly object[]) => {
  const { manifests } = manifestsOf(objects);
  return { cluster: Cluster.from(objects), manifests };
};

function portsKey(ports: Ports | null): string {
  return JSON.stringify(ports);
}

/** The ports of each pair of peers that are on both sides, address by address at every cut of either side. */
function plainDifferences(before: Cluster, after: Cluster): ReadonlySet<string> {
  const cuts = cutsOf(before, after);
  const common = before.workloads.filter((one) => after.workloads.some((other) => peerText(one) === peerText(other)));
  const different = new Set<string>();
  const compare = (from: string, to: string) => {
    const [old, changed] = [before, after].map((cluster) => {
      const [source, target] = [cluster.find(from)[0] as Peer, cluster.find(to)[0] as Peer];
      const ports = cluster.ports(source, target);
      return portsKey(ports.length === 0 ? null : ports);
    });
    if (old !== changed) {
      different.add(`${from} > ${to}: ${old} ${changed}`);
    }
  };
  for (const from of common.map(peerText)) {
    for (const to of common.map(peerText)) {
      if (from !== to) {
        compare(from, to);
      }
    }
    for (const address of cuts) {
      compare(from, address);
      compare(address, from);
    }
  }
  return different;
}

test('what is told to differ is what differs in the lists of both sides, pair by pair and address by address', () => {
  fc.assert(
    fc.property(change, ({ before, after }) => {
      const [old, changed] = [sideOf(before), sideOf(after)];
      const { connections } = compareConnections(old, changed);
      const expected = plainDifferences(old.cluster, changed.cluster);
      const told = new Set<string>();
      for (const { from, to, before: was, after: is } of connections) {
        for (const one of from) {
          for (const other of to) {
            for (const source of placesOf(one, old.cluster, changed.cluster)) {
              for (const target of placesOf(other, old.cluster, changed.cluster)) {
                if (source !== target) {
                  const line = `${source} > ${target}: ${portsKey(was)} ${portsKey(is)}`;
                  expect(told).not.toContain(line);
                  told.add(line);
                }
              }
            }
          }
        }
      }
      expect([...told].sort()).toEqual([...expected].sort());
    }),
    { numRuns: RUNS },
  );
});

/** The first addresses of the ranges of either side. */
function cutsOf(before: Cluster, after: Cluster): readonly string[] {
  const ranges = [...before.externals, ...after.externals];
  return [...new Set(ranges.map(({ ipRange }) => ipRange.slice(0, ipRange.indexOf('-'))))];
}

/** A workload by its name, and a range by the cuts of either side that it holds. */
function placesOf(peer: Peer, before: Cluster, after: Cluster): readonly string[] {
  if (!isExternal(peer)) {
    return [peerText(peer)];
  }
  return cutsOf(before, after).filter((address) => holds(peer.ipRange, address));
}

function holds(ipRange: string, address: string): boolean {
  const [first = '', last = ''] = ipRange.split(/-/);
  return family(first) === family(address) && bitsOf(first) <= bitsOf(address) && bitsOf(address) <= bitsOf(last);
}

function family(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

function bitsOf(address: string): bigint {
  if (family(address) === 4) {
    return address.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n);
  }
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [left, right] = [groups(head), groups(tail ?? '')];
  const middle = tail === undefined ? [] : new Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right].reduce((value, part) => value * 65536n + BigInt(`0x${part}`), 0n);
}

test('a cluster and itself do not differ, and a change there and back is one back and there', () => {
  fc.assert(
    fc.property(change, ({ before, after }) => {
      const [old, changed] = [sideOf(before), sideOf(after)];
      expect(compareConnections(old, old)).toMatchObject({ same: true, connections: [], unseen: [] });
      const pairs = (comparison: ReturnType<typeof compareConnections>, isBack: boolean) =>
        comparison.connections
          .flatMap(({ from, to, before: was, after: is }) =>
            from.flatMap((one) =>
              to.map(
                (other) =>
                  `${peerText(one)} ${peerText(other)} ${portsKey(isBack ? is : was)} ${portsKey(isBack ? was : is)}`,
              ),
            ),
          )
          .sort();
      expect(pairs(compareConnections(changed, old), true)).toEqual(pairs(compareConnections(old, changed), false));
    }),
    { numRuns: RUNS },
  );
});

test('what pods may have that no manifest shows is told where it changes, and a row that is closed is no row after', () => {
  fc.assert(
    fc.property(change, ({ before, after }) => {
      const [old, changed] = [sideOf(before), sideOf(after)];
      const { unseen } = compareConnections(old, changed);
      const keyOf = ({ from, to }: UnseenConnection) => JSON.stringify([from, to]);
      const [was, is] = [old, changed].map(
        ({ cluster }) => new Map([...cluster.unseen()].map((row) => [keyOf(row), portsKey(row.ports)])),
      ) as [Map<string, string>, Map<string, string>];
      const told = new Map(
        unseen.map((one) => [keyOf((one.after ?? one.before) as NonNullable<typeof one.after>), one] as const),
      );
      for (const { before: old, after: changed } of unseen) {
        expect(portsKey(old?.ports ?? null)).not.toBe(portsKey(changed?.ports ?? null));
      }
      for (const [key, ports] of is) {
        // A row of both sides with other ports, or one that is told with the ports that it has.
        const one = told.get(key);
        expect(one === undefined ? (was.get(key) ?? ports) : portsKey(one.after?.ports ?? null)).toBe(ports);
      }
      for (const [key, one] of told) {
        expect(one.after === null && is.has(key)).toBe(false);
        expect(one.before === null && was.has(key)).toBe(false);
      }
      const back = compareConnections(changed, old).unseen;
      expect(back.length).toBe(unseen.length);
    }),
    { numRuns: RUNS },
  );
});
