import type { Manifest } from '../../manifest';
import type { PortSets } from '../engine/port-sets';
import type { Block, Direction, PodPeer, Policy, Rule } from '../model';
import { readAddresses } from './addresses';
import { Field, type Problems } from './field';
import { readRulePorts } from './ports';
import { readSelector } from './selector';

/**
 * Reads a NetworkPolicy. All of it is checked, also what then has no effect.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export function readPolicy(manifest: Manifest, sets: PortSets, problems: Problems): Policy {
  const spec = Field.of(manifest, problems).mappingAt('spec');
  spec.checkKeys(['podSelector', 'policyTypes', 'ingress', 'egress']);
  const ingress = readRules(spec, 'ingress', sets);
  const egress = readRules(spec, 'egress', sets);
  const directions = readDirections(spec, egress.length > 0);
  return {
    namespace: manifest.namespace ?? 'default',
    name: manifest.name,
    source: manifest.source,
    selector: readSelector(spec.get('podSelector')),
    ingress: directions.includes('ingress') ? ingress : undefined,
    egress: directions.includes('egress') ? egress : undefined,
  };
}

/** Left out, `policyTypes` is Ingress, and Egress too where there are rules for it. */
function readDirections(spec: Field, hasEgressRules: boolean): readonly Direction[] {
  const types = spec.get('policyTypes').items();
  if (types.length === 0) {
    return hasEgressRules ? ['ingress', 'egress'] : ['ingress'];
  }
  if (types.length > 2) {
    const field = spec.get('policyTypes');
    field.report('bad-policy-type', `${field.place} has ${types.length} items; give Ingress, Egress or both`);
  }
  return types.flatMap((type): Direction[] => {
    if (type.value === 'Ingress') {
      return ['ingress'];
    }
    if (type.value !== 'Egress') {
      type.wrong('bad-policy-type', 'use Ingress or Egress');
    }
    return ['egress'];
  });
}

function readRules(spec: Field, direction: Direction, sets: PortSets): readonly Rule[] {
  return spec
    .get(direction)
    .mappings('give a mapping, {} for a rule that allows everything')
    .map((field) => readRule(field, direction === 'ingress' ? 'from' : 'to', sets));
}

function readRule(field: Field, peersKey: 'from' | 'to', sets: PortSets): Rule {
  field.checkKeys([peersKey, 'ports']);
  const list = field.get(peersKey);
  const peers = list.mappings('give a mapping with podSelector, namespaceSelector or ipBlock');
  const blocks = peers.filter((peer) => peer.get('ipBlock').isGiven).map(readBlock);
  return {
    index: field.path.at(-1) as number,
    everybody: !(Array.isArray(list.value) && list.value.length > 0),
    pods: peers.flatMap(readPodPeer),
    addresses: blocks.flatMap(({ addresses }) => addresses),
    blocks,
    ports: readRulePorts(field.get('ports'), sets),
  };
}

function readBlock(peer: Field): Block {
  const block = peer.get('ipBlock');
  return {
    item: peer.path.at(-1) as number,
    addresses: readAddresses(block),
    cidr: String(block.get('cidr').value),
    except: block
      .get('except')
      .items()
      .map(({ value }) => String(value)),
  };
}

/**
 * What the selectors of a peer mean, together: a pod selector alone is about the namespace of the policy, a namespace
 * selector alone about all of its pods, and an empty selector about everything that it could select.
 */
function readPodPeer(field: Field): PodPeer[] {
  field.checkKeys(['podSelector', 'namespaceSelector', 'ipBlock']);
  const pods = field.get('podSelector');
  const namespaces = field.get('namespaceSelector');
  const selects = pods.isGiven || namespaces.isGiven;
  if (selects === field.get('ipBlock').isGiven) {
    field.report(
      'bad-peer',
      selects
        ? `${field.place} has an ipBlock beside a selector; make two peers of it`
        : `${field.place} names no peer; give podSelector, namespaceSelector or ipBlock, or leave the list out for everybody`,
    );
  }
  return selects
    ? [
        {
          namespaces: namespaces.isGiven ? readSelector(namespaces) : 'own',
          pods: readSelector(pods),
          item: field.path.at(-1) as number,
        },
      ]
    : [];
}
