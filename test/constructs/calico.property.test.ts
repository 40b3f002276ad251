import {
  Calico,
  CalicoCniType,
  CalicoCustomResources,
  CalicoEncapsulation,
  type CalicoInstallation,
  CalicoIpamType,
  type CalicoIpPool,
  CalicoProvider,
} from '../../constructs';
import { crdProblems } from '../helpers/crd';
import type { Fields } from '../helpers/fields';
import fc from '../helpers/random';
import { RUNS } from '../helpers/runs';
import { find, objectsOf } from '../helpers/synth';

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const choice = <T>(values: Record<string, T>) => fc.constantFrom(...Object.values(values));

const cidr = fc.oneof(
  fc.integer({ min: 16, max: 32 }).map((prefix) => `10.0.0.0/${prefix}`),
  fc.integer({ min: 48, max: 128 }).map((prefix) => `fd00::/${prefix}`),
);
const pool: fc.Arbitrary<CalicoIpPool> = fc.record({
  cidr,
  blockSize: maybe(fc.integer({ min: 20, max: 128 })),
  encapsulation: maybe(choice(CalicoEncapsulation)),
  natOutgoing: maybe(fc.boolean()),
  nodeSelector: maybe(fc.constantFrom('all()', 'has(gpu)')),
});
const installation: fc.Arbitrary<CalicoInstallation> = fc.record({
  kubernetesProvider: maybe(choice(CalicoProvider)),
  cni: maybe(fc.record({ type: choice(CalicoCniType), ipam: maybe(choice(CalicoIpamType)) })),
  calicoNetwork: fc.record({
    bgp: maybe(fc.boolean()),
    hostPorts: maybe(fc.boolean()),
    ipPools: maybe(fc.array(pool, { minLength: 1, maxLength: 2 })),
  }),
});

/** The Installation of these settings, or nothing where they are refused. */
function written(settings: CalicoInstallation): Fields | undefined {
  let objects: Fields[];
  try {
    objects = objectsOf(
      (chart) =>
        void new Calico(chart, 'calico', {
          values: { installation: settings },
          customResources: CalicoCustomResources.AS_MANIFESTS,
        }),
    );
  } catch {
    return undefined;
  }
  return find(objects, 'Installation', 'default');
}

/**
 * Whether the operator takes an Installation, rule by rule on the fields that it reads, defaults filled in as it does.
 * For pools of IPv6 it checks the encapsulation less than for those of IPv4; what cannot work is wrong here for both.
 */
function operatorTakes({ spec }: Fields): boolean {
  const provider: string = spec.kubernetesProvider ?? '';
  const byProvider: Record<string, string> = { AKS: 'AzureVNET', EKS: 'AmazonVPC', GKE: 'GKE' };
  const cni: string = spec.cni?.type ?? byProvider[provider] ?? 'Calico';
  const ipam: string = spec.cni?.ipam?.type ?? (cni === 'GKE' ? 'HostLocal' : cni);
  const own = cni === 'Calico';
  const {
    bgp = own && provider !== 'EKS' ? 'Enabled' : 'Disabled',
    hostPorts,
    ipPools = [],
  } = spec.calicoNetwork ?? {};

  const plugins = own
    ? ['Calico', 'HostLocal'].includes(ipam)
    : ipam === (cni === 'GKE' ? 'HostLocal' : cni) && (provider === '' || byProvider[provider] === cni);
  const network = own || (bgp !== 'Enabled' && hostPorts !== 'Enabled');
  const isV6 = (held: Fields) => held.cidr.includes(':');
  const families = new Set(ipPools.map(isV6)).size === ipPools.length;
  return plugins && network && families && ipPools.every((held: Fields) => takesPool(held, isV6(held)));

  function takesPool({ cidr: range, blockSize, encapsulation, nodeSelector }: Fields, v6: boolean): boolean {
    const sized = v6 ? blockSize >= 116 && blockSize <= 128 : blockSize >= 20 && blockSize <= 32;
    const holdsBlock = Number(range.split('/')[1]) <= blockSize;
    const nodes = own || nodeSelector === 'all()';
    return sized && holdsBlock && nodes && takesEncapsulation(encapsulation, v6);
  }

  function takesEncapsulation(encapsulation: string, v6: boolean): boolean {
    if (!own) return encapsulation === 'None';
    if (v6 && encapsulation.startsWith('IPIP')) return false;
    if (encapsulation.startsWith('VXLAN')) return ipam !== 'HostLocal';
    return v6 || ipam === 'HostLocal' || bgp === 'Enabled';
  }
}

test('whatever is written, the operator takes it and the CRD knows every field', () => {
  fc.assert(
    fc.property(installation, (settings) => {
      const made = written(settings);
      fc.pre(made !== undefined);
      expect(crdProblems(made ?? {})).toEqual([]);
      expect(operatorTakes(made ?? {})).toBe(true);
    }),
    RUNS,
  );
});

test('what is refused, the operator would refuse as well, or it could not work', () => {
  fc.assert(
    fc.property(installation, (settings) => {
      fc.pre(written(settings) === undefined);
      expect(operatorTakes({ spec: asGiven(settings) })).toBe(false);
    }),
    RUNS,
  );
});

/** The spec of settings that are refused, with the operator's defaults in its pools. */
function asGiven({ kubernetesProvider, cni, calicoNetwork }: CalicoInstallation): Fields {
  const switched = (on: boolean | undefined) => (on === undefined ? undefined : on ? 'Enabled' : 'Disabled');
  const provider: string = kubernetesProvider ?? '';
  const own = (cni?.type ?? (['AKS', 'EKS', 'GKE'].includes(provider) ? '' : 'Calico')) === 'Calico';
  return {
    kubernetesProvider,
    cni: cni && { type: cni.type, ipam: cni.ipam && { type: cni.ipam } },
    calicoNetwork: {
      bgp: switched(calicoNetwork?.bgp),
      hostPorts: switched(calicoNetwork?.hostPorts),
      ipPools: calicoNetwork?.ipPools?.map((given) => {
        const v6 = given.cidr.includes(':');
        return {
          cidr: given.cidr,
          blockSize: given.blockSize ?? (v6 ? 122 : 26),
          encapsulation: given.encapsulation ?? (own && !v6 ? 'IPIP' : 'None'),
          nodeSelector: given.nodeSelector ?? 'all()',
        };
      }),
    },
  };
}
