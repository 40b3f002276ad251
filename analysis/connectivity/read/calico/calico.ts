import type { Manifest } from '../../../manifest';
import type { Blocks } from '../../blocks';
import type { PortSets } from '../../engine/port-sets';
import type { NamespaceLabels, Pod, Service } from '../../model';
import type { OrderedPolicy, Tier } from '../../tiers';
import { readBlock } from '../addresses';
import { Field, type Problems } from '../field';
import { readLabels } from '../labels';
import type { NetworkSet } from './entity';
import { calicoLabels, namespaceLabels } from './labels';
import { appliesToNodes, CALICO_TIERS, readCalicoPolicy } from './policy';

const GROUPS = ['projectcalico.org', 'crd.projectcalico.org'];
const POLICIES = ['NetworkPolicy', 'GlobalNetworkPolicy'];
const BESIDES = ['Tier', 'NetworkSet', 'GlobalNetworkSet'];

/** Whether a manifest is a policy of Calico that is evaluated. */
export function isCalicoPolicy({ group, kind }: Pick<Manifest, 'group' | 'kind'>): boolean {
  return GROUPS.includes(group) && POLICIES.includes(kind);
}

/** Whether a manifest is something of Calico that is evaluated. */
export function isCalico({ group, kind }: Pick<Manifest, 'group' | 'kind'>): boolean {
  return isCalicoPolicy({ group, kind }) || (GROUPS.includes(group) && BESIDES.includes(kind));
}

/** What policies of Calico are read beside. */
export interface CalicoInput {
  readonly manifests: readonly Manifest[];
  readonly namespaces: NamespaceLabels;
  readonly services: readonly Service[];
  readonly portSets: PortSets;
  readonly blocks: Blocks;
}

/** The policies of Calico, and those of them that are about nodes alone. */
export interface Calico {
  readonly policies: readonly OrderedPolicy[];
  readonly aboutNodes: readonly Manifest[];
  /** Policies that apply to traffic which nodes forward as well. */
  readonly onForward: readonly Manifest[];
  /** A pod with the labels that these policies may ask for. */
  labelled(pod: Pod): Pod;
}

/** Reads everything of Calico that decides who may connect to whom. */
export function readCalico(input: CalicoInput, problems: Problems): Calico {
  const { manifests, namespaces, services, portSets, blocks } = input;
  const own = manifests.filter(isCalicoPolicy);
  if (own.length === 0) {
    return { policies: [], aboutNodes: [], onForward: [], labelled: (pod) => pod };
  }
  const ofKind = (kind: string) => manifests.filter((one) => isCalico(one) && one.kind === kind);
  const tiers = new Map(CALICO_TIERS);
  for (const manifest of ofKind('Tier')) {
    if (!CALICO_TIERS.has(manifest.name)) {
      tiers.set(manifest.name, readTier(manifest, problems));
    }
  }
  const sets = [...ofKind('NetworkSet'), ...ofKind('GlobalNetworkSet')].map((manifest) =>
    readSet(manifest, namespaces, problems),
  );
  const labelsOf = calicoLabels(
    namespaces,
    manifests.filter(({ group, kind }) => group === '' && kind === 'ServiceAccount'),
  );
  const specOf = (manifest: Manifest) => Field.of(manifest, []).get('spec');
  const isAboutNodes = (manifest: Manifest) => appliesToNodes(specOf(manifest));
  return {
    policies: own.flatMap((manifest) =>
      readCalicoPolicy(manifest, { tiers, sets, services, portSets, blocks }, problems),
    ),
    aboutNodes: own.filter(isAboutNodes),
    onForward: own.filter(
      (manifest) => !isAboutNodes(manifest) && specOf(manifest).get('applyOnForward').value === true,
    ),
    labelled: (pod) => ({ ...pod, labels: labelsOf(pod) }),
  };
}

function readTier(manifest: Manifest, problems: Problems): Tier {
  const spec = Field.of(manifest, problems).mappingAt('spec');
  spec.checkKeys(['order', 'defaultAction']);
  const order = spec.get('order');
  const action = spec.get('defaultAction');
  if (order.isGiven && typeof order.value !== 'number') {
    order.wrong('bad-priority', 'give a number');
  }
  if (action.isGiven && action.value !== 'Deny' && action.value !== 'Pass') {
    action.wrong('bad-action', 'use Deny or Pass');
  }
  return {
    name: manifest.name,
    order: typeof order.value === 'number' ? order.value : Number.POSITIVE_INFINITY,
    end: action.value === 'Pass' ? 'pass' : 'deny',
  };
}

function readSet(manifest: Manifest, namespaces: NamespaceLabels, problems: Problems): NetworkSet {
  const root = Field.of(manifest, problems);
  const spec = root.mappingAt('spec');
  spec.checkKeys(['nets', 'allowedEgressDomains']);
  const labels = readLabels(root.mappingAt('metadata').get('labels'));
  const where = manifest.kind === 'NetworkSet' ? namespaceLabels(manifest.namespace ?? 'default', namespaces) : [];
  return { labels: new Map([...labels, ...where]), ranges: spec.get('nets').items().flatMap(readBlock) };
}
