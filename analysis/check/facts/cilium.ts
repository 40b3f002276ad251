import { isCilium } from '../../connectivity/read/cilium/cilium';
import { SERVICE_ACCOUNT_LABEL } from '../../connectivity/read/cilium/labels';
import { readEndpoints } from '../../connectivity/read/cilium/selector';
import type { Field } from '../../connectivity/read/field';
import type { Selector } from '../../connectivity/selector';
import type { Manifest, Path } from '../../manifest';
import type { Facts } from './facts';
import { fieldOf } from './fields';
import type { PeerFacts } from './policies';

/** Pods that a policy of Cilium means by their labels. */
export interface CiliumSelection {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly selector: Selector;
}

/** The selectors of policies of Cilium, as far as they mean pods by labels that manifests tell. */
export interface CiliumFacts {
  /** Of those to which a policy of a namespace applies. */
  readonly subjects: readonly (CiliumSelection & { readonly namespace: string })[];
  readonly peers: readonly (CiliumSelection & PeerFacts)[];
}

/** What policies of Cilium select, for `facts.once`. */
export function ciliumSelections(facts: Facts): CiliumFacts {
  const found = facts.manifests
    .filter((one) => isCilium(one) && one.kind !== 'CiliumCIDRGroup')
    .map((one) => of(one, facts));
  return { subjects: found.flatMap(({ subjects }) => subjects), peers: found.flatMap(({ peers }) => peers) };
}

function of(manifest: Manifest, { pods, namespaces }: Facts): CiliumFacts {
  const own = manifest.kind === 'CiliumNetworkPolicy' ? (manifest.namespace ?? 'default') : 'any';
  const specs = [fieldOf(manifest, 'spec'), ...fieldOf(manifest, 'specs').mappings('')];
  const read = (field: Field, role: 'subject' | 'peers') => {
    const { pods: meant, doubt } = readEndpoints(field, own, role);
    const isKnown = doubt === undefined && !meant?.pods.some(({ key }) => key === SERVICE_ACCOUNT_LABEL);
    return field.isGiven && isKnown && meant !== undefined && meant.namespaces !== 'own'
      ? [{ path: field.path, selector: meant.pods, namespaceNames: namespaces.select(meant.namespaces) }]
      : [];
  };
  const peers = specs
    .flatMap((spec) =>
      ['ingress', 'ingressDeny', 'egress', 'egressDeny'].flatMap((name) => spec.get(name).mappings('')),
    )
    .flatMap((rule) => ['fromEndpoints', 'toEndpoints'].flatMap((name) => rule.get(name).mappings('')))
    .flatMap((field) => read(field, 'peers'))
    .map(({ path, selector, namespaceNames }) => ({
      manifest,
      path,
      selector,
      block: undefined,
      namespaces: [],
      pods: selector,
      namespaceNames,
      workloads: () => pods.selectIn(selector, namespaceNames),
    }));
  const subjects = own === 'any' ? [] : specs.flatMap((spec) => read(spec.get('endpointSelector'), 'subject'));
  return { subjects: subjects.map(({ path, selector }) => ({ manifest, path, selector, namespace: own })), peers };
}
