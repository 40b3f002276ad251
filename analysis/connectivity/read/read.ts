import { distinct, type Manifest, manifestsOf } from '../../manifest';
import { GATEWAY_GROUP } from '../../routing/gateway-api/objects';
import { PortSets } from '../engine/port-sets';
import {
  type Backend,
  type IngressClass,
  NAME_LABEL,
  type NamespaceLabels,
  type PodOwner,
  type Policy,
  type Service,
} from '../model';
import { foreignNote, generatedLabelNotes, hostNote, missingPodsNote, missingTemplateNote } from '../notes';
import type { ClusterInput, ClusterOptions, Note } from '../types';
import { Field, type Problems } from './field';
import { readHttpRoutes } from './http-routes';
import { readIngress, readIngressClass } from './ingress';
import { readLabels } from './labels';
import { isOperated, missingPods } from './operators';
import { isLink, isWorkload } from './owners';
import { readPolicy } from './policy';
import { readService } from './service';
import { readWorkloads, usesHostNetwork, workloadKey, workloadRef } from './workloads';

/** Everything that connectivity needs of manifests, checked. */
export interface Model {
  readonly owners: readonly PodOwner[];
  readonly policies: readonly Policy[];
  readonly namespaces: NamespaceLabels;
  readonly sets: PortSets;
  readonly problems: Problems;
  readonly notes: readonly Note[];
  readonly backends: readonly Backend[];
  readonly services: readonly Service[];
  readonly classes: readonly IngressClass[];
}

/** The group of policies and Ingresses. */
const GROUP = 'networking.k8s.io';

/** Reads what decides who can connect to whom. */
export function readModel(input: ClusterInput, { hostNetwork = 'node' }: ClusterOptions): Model {
  const problems: Problems = [...(input.problems ?? [])];
  const { manifests, problems: duplicates } = distinct(
    input.manifests.filter(
      (manifest) =>
        isWorkload(manifest) || isLink(manifest) || isOperated(manifest) || isRead(manifest) || isForeign(manifest),
    ),
  );
  problems.push(...duplicates);
  const sets = new PortSets();
  const workloads = manifests.filter(isWorkload);
  const of = (wanted: string, inGroup = GROUP) =>
    manifests.filter(({ group, kind }) => group === inGroup && kind === wanted);
  const context = { sets, hostIsNode: hostNetwork === 'node' };
  const owners = readWorkloads([...workloads, ...manifests.filter(isLink)], context, problems);
  const policies = of('NetworkPolicy').map((manifest) => readPolicy(manifest, sets, problems));
  const services = of('Service', '').flatMap((manifest) => readService(manifest, problems));
  const namespaces = readNamespaces(of('Namespace', ''), problems);
  const known = new Set(workloads.map(workloadKey));
  return {
    owners,
    policies,
    namespaces,
    sets,
    problems,
    notes: [
      ...workloads.filter((manifest) => context.hostIsNode && usesHostNetwork(manifest)).map(hostNote),
      ...manifests.filter(isForeign).map(foreignNote),
      ...policies.flatMap(generatedLabelNotes),
      ...missingPods(manifests, { owners, policies, services, namespaces }).map(missingPodsNote),
      ...workloads.flatMap((manifest) => {
        const reference = workloadRef(manifest);
        return reference === undefined || known.has(workloadKey(reference))
          ? []
          : [missingTemplateNote(manifest, reference)];
      }),
    ],
    backends: [
      ...of('Ingress').flatMap((manifest) => readIngress(manifest, problems)),
      ...readHttpRoutes(manifests, problems),
    ],
    services,
    classes: of('IngressClass').map(readIngressClass),
  };
}

/** Manifests from what a caller may give: a reading, or objects in memory. */
export function inputOf(input: ClusterInput | readonly object[]): ClusterInput {
  return 'manifests' in input ? input : manifestsOf(input);
}

function isRead({ group, kind }: Manifest): boolean {
  return group === GROUP || group === GATEWAY_GROUP || (group === '' && (kind === 'Namespace' || kind === 'Service'));
}

function isForeign({ group, kind }: Manifest): boolean {
  return group !== GROUP && kind.endsWith('NetworkPolicy');
}

function readNamespaces(manifests: readonly Manifest[], problems: Problems): NamespaceLabels {
  return new Map(
    manifests.map((manifest) => {
      const labels = readLabels(Field.of(manifest, problems).mappingAt('metadata').get('labels'));
      return [manifest.name, new Map([...labels, [NAME_LABEL, manifest.name]])];
    }),
  );
}
