import { NAME_LABEL, type PodPeer } from '../../model';
import { meets, type Requirement } from '../../selector';
import type { Field } from '../field';
import { readSelector } from '../selector';
import { IDENTITIES, type Identity } from './identities';
import { isLeftOut, NAMESPACE, NAMESPACE_LABELS } from './labels';

/** Endpoints that a selector means. */
export interface Endpoints {
  /** The pods; `undefined` where none can be meant. */
  readonly pods: PodPeer | undefined;
  /** What is no pod and has no labels but that of its identity. */
  readonly identities: readonly Identity[];
  /** Why nobody knows which of these pods are meant; `undefined` where somebody does. */
  readonly doubt: string | undefined;
}

/** A requirement by the source of its label: `k8s` of `k8s:app`, and `any` where none is given. */
interface Sourced {
  readonly source: string;
  readonly requirement: Requirement;
}

/**
 * Reads a selector of endpoints.
 *
 * @param own the namespace that pods are in where the selector names none; `any` for all, and for a selector of the pods to which a
 *   policy applies, it is the only one
 * @see https://docs.cilium.io/en/stable/network/kubernetes/policy/
 */
export function readEndpoints(field: Field, own: string | 'any', of: 'subject' | 'peers'): Endpoints {
  const given = readSelector(field, (key) => splitKey(key)[1]).map((requirement): Sourced => {
    const [source, key] = splitKey(requirement.key);
    return { source, requirement: { ...requirement, key } };
  });
  const all = of === 'subject' ? limited(given, own) : scoped(given, own);
  const ofKubernetes = all.filter(({ source }) => source === 'any' || source === 'k8s').map(one);
  const reserved = all.filter(({ source }) => source === 'reserved').map(one);
  const strange = all.filter(({ source }) => !['any', 'k8s', 'reserved'].includes(source));
  const doubts = [
    ...strange.map(({ source }) => `labels of ${source}`),
    ...ofKubernetes.filter(({ key }) => isLeftOut(key)).map(({ key }) => `the label ${key}, which Cilium leaves out`),
    ...ofKubernetes.filter(({ key }) => key === CLUSTER).map(() => 'the name of the cluster'),
  ];
  const known = ofKubernetes.filter(({ key }) => !isLeftOut(key) && key !== CLUSTER);
  const isNoPod = !reserved.every((requirement) => meets(requirement, NO_LABELS));
  return {
    pods: isNoPod
      ? undefined
      : {
          namespaces: known.flatMap(ofNamespace),
          pods: known.filter((requirement) => ofNamespace(requirement).length === 0),
        },
    identities: IDENTITIES.filter((identity) =>
      all.every(({ source, requirement }) =>
        meets(requirement, source === 'reserved' ? new Map([[identity, '']]) : NO_LABELS),
      ),
    ),
    doubt: doubts.length === 0 ? undefined : [...new Set(doubts)].join(' and '),
  };
}

const CLUSTER = 'io.cilium.k8s.policy.cluster';
const NO_LABELS: ReadonlyMap<string, string> = new Map();

const one = ({ requirement }: Sourced) => requirement;

/** `k8s:app` is a label of Kubernetes, and `app` one of any source. */
function splitKey(key: string): readonly [string, string] {
  const colon = key.indexOf(':');
  return colon < 0 ? ['any', key] : [key.slice(0, colon), key.slice(colon + 1)];
}

function is(key: string, value: string): Sourced {
  return { source: 'k8s', requirement: { key, operator: 'In', values: new Set([value]) } };
}

/** Pods to which a policy of a namespace applies are in it, whatever its selector says. */
function limited(given: readonly Sourced[], own: string): readonly Sourced[] {
  const isNamed = ({ requirement: { key, operator, values } }: Sourced) =>
    key === NAMESPACE && operator === 'In' && values.size === 1;
  return own === 'any' ? given : [...given.filter((requirement) => !isNamed(requirement)), is(NAMESPACE, own)];
}

/** Peers are pods of the namespace of the policy, or of any for one of the whole cluster, unless they are named otherwise. */
function scoped(given: readonly Sourced[], own: string): readonly Sourced[] {
  const keys = given
    .filter(({ source }) => source === 'any' || source === 'k8s')
    .map(({ requirement }) => requirement.key);
  if (given.some(({ source }) => source === 'reserved') || keys.includes(NAMESPACE)) {
    return given;
  }
  if (own === 'any') {
    return [...given, { source: 'k8s', requirement: { key: NAMESPACE, operator: 'Exists', values: new Set() } }];
  }
  return keys.some((key) => key.startsWith(NAMESPACE_LABELS)) ? given : [...given, is(NAMESPACE, own)];
}

/** What a requirement asks of the namespace of a pod. */
function ofNamespace(requirement: Requirement): readonly Requirement[] {
  const { key } = requirement;
  if (key === NAMESPACE) {
    return [{ ...requirement, key: NAME_LABEL }];
  }
  return key.startsWith(NAMESPACE_LABELS) ? [{ ...requirement, key: key.slice(NAMESPACE_LABELS.length) }] : [];
}
