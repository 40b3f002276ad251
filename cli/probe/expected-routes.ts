import { Cluster, peerText } from '../../analysis/connectivity';
import type { InputDegree } from '../../analysis/manifest';
import type { Answer, BackendShare, BackendsAnswer } from '../../analysis/routing';
import type { Input } from '../input';
import type { Output } from '../output';
import { Refusal } from '../refusal';
import { explained, type RoutesReading, routesOf } from '../routes';
import { settle } from '../warnings';
import { Attribution, type Candidate } from './attribution';
import type { Expectation } from './expectation';
import type { Grouping } from './grouping';
import type { Target } from './target';

/** A group and the Service that a person says it comes from. */
export interface Mapping {
  readonly group: string;
  readonly service: string;
}

/** What the manifests of a probe are asked. */
export interface RoutesQuestion {
  readonly target: Target;
  readonly grouping: Grouping;
  readonly mappings: readonly Mapping[];
  readonly choice: RoutesReading;
}

/**
 * What manifests say of the requests of a probe.
 *
 * @throws Refusal for manifests that are wrong, and where the answers cannot show what the manifests say
 */
export function expectedRoutes(input: Input, question: RoutesQuestion, output: Output): Expectation {
  const { target, grouping, mappings, choice } = question;
  const routes = routesOf(input, choice, output);
  const headers = Object.fromEntries(target.headers);
  const { answer } = explained(routes, { url: target.url.href, headers }, 'URL');
  for (const note of answer.notes ?? []) {
    output.say(`note: ${note}`);
  }
  return answer.outcome === 'backends'
    ? expectedBackends(answer, input, question, output)
    : expectedStatus(answer, grouping, mappings);
}

/** What is no backend shows in nothing but its status. */
function expectedStatus(
  answer: Exclude<Answer, BackendsAnswer>,
  grouping: Grouping,
  mappings: readonly Mapping[],
): Expectation {
  const status = answer.outcome === 'not-found' ? 404 : answer.status;
  if (grouping.of !== 'status' || mappings.length > 0) {
    throw new Refusal([
      `the manifests send this request to no backend but answer with status ${status}; compare by --group-by-status`,
    ]);
  }
  return {
    by: 'the manifests',
    shares: [{ label: `status ${status}`, share: 1 }],
    originOf: (group) => ({ label: `status ${group}` }),
  };
}

function expectedBackends(
  { backends }: BackendsAnswer,
  input: Input,
  { grouping, mappings, choice }: RoutesQuestion,
  output: Output,
): Expectation {
  if (grouping.of === 'status' && mappings.length === 0) {
    throw new Refusal([
      'a status does not tell from which backend an answer comes; give --group-by or --group-by-header, or --map STATUS=SERVICE',
    ]);
  }
  const mapped = new Map(mappings.map(({ group, service }) => [group, mappedLabel(service, backends)]));
  const attribution = new Attribution(candidates(backends, input, choice.input, output));
  return {
    by: 'the manifests',
    shares: backends.map((backend) => ({ label: labelOf(backend), share: backend.probability })),
    originOf: (group) => {
      if (group === undefined) {
        return { unknown: 'nothing in these answers tells where they come from' };
      }
      const label = mapped.get(group);
      return label === undefined ? attribution.originOf(group) : { label };
    },
  };
}

function labelOf({ service, port }: Pick<BackendShare, 'service' | 'port'>): string {
  return `${service}:${port}`;
}

function mappedLabel(service: string, backends: readonly BackendShare[]): string {
  const found = backends.filter((backend) =>
    [backend.service, labelOf(backend), `${backend.namespace}/${backend.service}`].includes(service),
  );
  const [backend] = found;
  if (backend === undefined || found.length > 1) {
    const choices = backends.map(labelOf).join(', ');
    throw new Refusal([`--map: ${JSON.stringify(service)} is none of the backends of this request: ${choices}`]);
  }
  return labelOf(backend);
}

/**
 * The names by which answers may be known: of Services, and of the workloads behind them. Those that this request is not
 * sent to are among them, so that an answer from there shows.
 */
function candidates(backends: readonly BackendShare[], input: Input, degree: InputDegree, output: Output): Candidate[] {
  const cluster = Cluster.from(input, { input: degree });
  // Warnings were told with the routes.
  settle({ problems: cluster.problems, warnings: [] }, degree, output);
  const namespaces = new Set(backends.map(({ namespace }) => namespace));
  const labelsOf = (namespace: string, service: string) =>
    backends.filter((backend) => backend.namespace === namespace && backend.service === service).map(labelOf);
  const candidate = (name: string, kind: string, labels: readonly string[]): Candidate[] =>
    (labels.length > 0 ? labels : [`${kind} ${name}`]).map((label) => ({ name, label }));

  const workloads = cluster.workloads.filter(({ namespace }) => namespaces.has(namespace));
  const servicesOf = new Map(workloads.map((workload) => [peerText(workload), new Set<string>()]));
  for (const { service, to } of cluster.exposures()) {
    if (to !== null) {
      servicesOf.get(peerText(to))?.add(service);
    }
  }
  const pods = workloads.flatMap((workload) => {
    const services = [...(servicesOf.get(peerText(workload)) ?? [])];
    const labels = services.flatMap((service) => labelsOf(workload.namespace, service));
    return candidate(workload.name, workload.kind, labels);
  });
  const ofPods = new Set(workloads.map(({ namespace, name }) => `${namespace}/${name}`));
  const services = input.manifests.flatMap(({ kind, group, name, namespace = 'default' }) => {
    if (kind !== 'Service' || group !== '' || !namespaces.has(namespace)) {
      return [];
    }
    const labels = labelsOf(namespace, name);
    // Pods show their own names; a Service that this request is not sent to does not take one from them.
    return labels.length === 0 && ofPods.has(`${namespace}/${name}`) ? [] : candidate(name, kind, labels);
  });
  return [...pods, ...services];
}
