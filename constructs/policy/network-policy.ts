import { Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Peer } from './peer';
import type { PolicyPort } from './policy-port';

/** One rule of a policy: any of these peers, on any of these ports. */
export interface Rule {
  readonly peers: readonly Peer[];
  /** Left out, every port. */
  readonly ports?: readonly PolicyPort[];
}

/** A policy to write. */
export interface Policy {
  readonly name: string;
  /** Left out, the namespace of the chart. */
  readonly namespace?: string;
  /** The Pods that the policy is about; nothing for every Pod of the namespace. */
  readonly pods?: Peer;
  /** Who is let in: an empty list is nobody, left out means that the policy says nothing about it. */
  readonly ingress?: readonly Rule[];
  /** Who may be reached: an empty list is nobody, left out means that the policy says nothing about it. */
  readonly egress?: readonly Rule[];
}

/**
 * Writes a NetworkPolicy. The directions that it is about are always named: left out, an API server fills them in from
 * the rules, which shows as a difference for ever and turns into something else when a rule is added.
 */
export function addPolicy(scope: Construct, policy: Policy): void {
  const { name, namespace, pods, ingress, egress } = policy;
  // Labels of a cdk8s-plus workload may be added until the very end.
  const late = (make: () => unknown) => Lazy.any({ produce: make });
  const rules = (key: 'from' | 'to', given: readonly Rule[] | undefined) =>
    given === undefined || given.length === 0
      ? undefined
      : given.map(({ peers, ports }) => ({
          [key]: late(() => peers.flatMap((peer) => peer._toJson(namespace, scope))),
          ports: ports?.map((port) => port._toJson()),
        }));
  const others = [...(ingress ?? []), ...(egress ?? [])].flatMap(({ peers }) => peers);
  scope.node.addValidation({
    validate: () => [
      ...(pods?._foundProblems(scope, true) ?? []),
      ...others.flatMap((peer) => peer._foundProblems(scope, false)),
    ],
  });
  // Not the name alone: that may be the id of something else here, or "constructor".
  // Another end of the same connection may be in another namespace, under the same name.
  const id = `${name}-policy`;
  new k8s.KubeNetworkPolicy(scope, scope.node.tryFindChild(id) ? `${namespace}-${id}` : id, {
    metadata: { name, namespace },
    spec: {
      podSelector: late(() => {
        const labels = pods?._labels(scope);
        return labels === undefined ? {} : { matchLabels: { ...labels } };
      }) as k8s.LabelSelector,
      policyTypes: [...(ingress ? ['Ingress'] : []), ...(egress ? ['Egress'] : [])],
      ingress: rules('from', ingress),
      egress: rules('to', egress),
    },
  });
}
