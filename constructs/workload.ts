import type { Workload } from 'cdk8s-plus-27';
import { type Problems, shown } from './values';

/** What is wrong with a workload of cdk8s-plus. */
export function workloadProblems(what: string, value: unknown): Problems {
  const { node, podMetadata, matchLabels } = Object(value) as Partial<Workload>;
  return node && podMetadata && matchLabels
    ? []
    : [`${what} is ${shown(value)}; give a workload of cdk8s-plus, such as a Deployment`];
}
