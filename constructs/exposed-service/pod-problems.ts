import { isDeepStrictEqual } from 'node:util';
import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { PodLabels } from '../policy/end';
import { podTemplateOf } from '../policy/pod-template';
import { type Problems, shown } from '../values';
import { OwnDeployment } from './own-deployment';

/** What somebody changed of the Pods behind a Service since, so that Service or policies would no longer be about them. */
export function podProblems(
  service: IConstruct,
  workload: IConstruct,
  { labels, selected }: { readonly labels: PodLabels; readonly selected: PodLabels },
  isIsolated: boolean,
): Problems {
  const object = ApiObject.of(workload).toJson();
  const template = podTemplateOf(object);
  const where = workload.node.path;
  return [
    ...Object.entries({ ...selected, ...labels })
      .filter(([key, value]) => template?.metadata?.labels?.[key] !== value)
      .map(
        ([key, value]) =>
          `the Pods of ${where} have ${shown(template?.metadata?.labels?.[key])} as label ${shown(key)}, and Service and policies select ${shown(value)}; leave the label as it is, or give labels of ${service.node.path}`,
      ),
    ...unselectedProblems(workload, object.spec?.selector?.matchLabels, template?.metadata?.labels),
    ...(workload instanceof OwnDeployment && !isDeepStrictEqual(object.spec.selector, { matchLabels: { ...selected } })
      ? [
          `${where} selects ${JSON.stringify(object.spec.selector)}, and its Pods are told by ${JSON.stringify({ matchLabels: selected })}; a selector can't be changed later, give labels of ${service.node.path}`,
        ]
      : []),
    ...(isIsolated && template?.spec?.hostNetwork === true
      ? [
          `the Pods of ${where} are in the network of their node, where NetworkPolicies don't hold; leave hostNetwork out, or open the namespace`,
        ]
      : []),
    ...twiceProblems(where, template?.spec),
  ];
}

/** An API server refuses a workload that does not select its own Pods. */
function unselectedProblems(workload: IConstruct, selected: PodLabels = {}, labels: PodLabels = {}): Problems {
  return workload instanceof OwnDeployment
    ? []
    : Object.entries(selected)
        .filter(([key, value]) => labels[key] !== value)
        .map(
          ([key, value]) =>
            `${workload.node.path} selects Pods by the label ${shown(key)} with ${shown(value)}, and its own have ${shown(labels[key])}; give them that one, by podMetadata`,
        );
}

/** An API server refuses two containers of one name. */
function twiceProblems(where: string, spec: { containers?: { name: string }[]; initContainers?: { name: string }[] }) {
  const names = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map(({ name }) => name);
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map(
    (name) => `${where} has two containers with the name ${shown(name)}; give one another name`,
  );
}
