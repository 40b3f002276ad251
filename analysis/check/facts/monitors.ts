import type { Field } from '../../connectivity/read/field';
import { readSelector } from '../../connectivity/read/selector';
import { meets, type Selector } from '../../connectivity/selector';
import type { Manifest, Path } from '../../manifest';
import type { Facts } from './facts';
import { fieldOf, numberOf, textOf } from './fields';
import { type ServiceFacts, targetNumbers } from './services';
import type { WorkloadFacts } from './workloads';

/** A port of pods that a monitor reads metrics from. */
export interface MonitoredPort {
  /** The monitor, or what carries the annotation. */
  readonly manifest: Manifest;
  readonly path: Path;
  readonly workload: WorkloadFacts;
  readonly number: number;
}

/** A name of a port in a ServiceMonitor that a Service which it selects does not have. */
export interface MissingPort {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly port: string;
  readonly service: ServiceFacts;
}

/** What monitors and annotations read from whom, for `facts.once`. */
export function monitored(facts: Facts): readonly MonitoredPort[] {
  return [...serviceMonitors(facts), ...podMonitors(facts), ...annotated(facts)];
}

/** Ports that ServiceMonitors name and Services do not have, for `facts.once`. */
export function missingPorts(facts: Facts): readonly MissingPort[] {
  return facts.of('monitoring.coreos.com/ServiceMonitor').flatMap((manifest) => {
    const services = servicesOf(facts, manifest);
    return fieldOf(manifest, 'spec', 'endpoints')
      .mappings('')
      .flatMap((endpoint) => {
        const port = textOf(endpoint.get('port'));
        const lacking =
          port === undefined || services.some(({ ports }) => ports.some(({ name }) => name === port)) ? [] : services;
        return lacking.slice(0, 1).map((service) => ({
          manifest,
          path: [...endpoint.path, 'port'],
          port: port as string,
          service,
        }));
      });
  });
}

function* serviceMonitors(facts: Facts): Generator<MonitoredPort> {
  for (const manifest of facts.of('monitoring.coreos.com/ServiceMonitor')) {
    const services = servicesOf(facts, manifest);
    for (const endpoint of fieldOf(manifest, 'spec', 'endpoints').mappings('')) {
      for (const { ports, workloads } of services) {
        for (const port of ports.filter(({ name }) => name !== undefined && name === endpoint.get('port').value)) {
          for (const workload of workloads) {
            for (const number of targetNumbers(port, workload)) {
              yield { manifest, path: endpoint.path, workload, number };
            }
          }
        }
      }
    }
  }
}

function* podMonitors(facts: Facts): Generator<MonitoredPort> {
  for (const manifest of facts.of('monitoring.coreos.com/PodMonitor')) {
    const selector = readSelector(fieldOf(manifest, 'spec', 'selector'));
    const workloads = [...facts.pods.selectIn(selector, namespacesOf(facts, manifest))];
    for (const endpoint of fieldOf(manifest, 'spec', 'podMetricsEndpoints').mappings('')) {
      for (const workload of workloads) {
        for (const number of podPorts(endpoint, workload)) {
          yield { manifest, path: endpoint.path, workload, number };
        }
      }
    }
  }
}

function podPorts(endpoint: Field, { containers }: WorkloadFacts): readonly number[] {
  const number = numberOf(endpoint.get('portNumber'));
  return number !== undefined
    ? [number]
    : containers
        .flatMap(({ ports }) => ports)
        .filter(({ name }) => name !== undefined && name === endpoint.get('port').value)
        .map((port) => port.number);
}

/** The annotations that many set-ups of Prometheus go by, on Services and on pods. */
function* annotated({ services, pods }: Facts): Generator<MonitoredPort> {
  for (const { manifest, workloads } of services) {
    const number = annotatedPort(manifest.annotations);
    for (const workload of number === undefined ? [] : workloads) {
      yield { manifest, path: ['metadata', 'annotations'], workload, number: number as number };
    }
  }
  for (const workload of pods.all) {
    const annotations = fieldOf(workload.manifest, ...(workload.template as string[]), 'metadata', 'annotations');
    const number = annotatedPort(
      new Map(annotations.members().map(([key, member]) => [key, String(member.value)] as const)),
    );
    if (number !== undefined) {
      yield { manifest: workload.manifest, path: annotations.path, workload, number };
    }
  }
}

function annotatedPort(annotations: ReadonlyMap<string, string>): number | undefined {
  const port = annotations.get('prometheus.io/port') ?? '';
  return annotations.get('prometheus.io/scrape') === 'true' && /^\d+$/.test(port) ? Number(port) : undefined;
}

function servicesOf(facts: Facts, monitor: Manifest): readonly ServiceFacts[] {
  const selector: Selector = readSelector(fieldOf(monitor, 'spec', 'selector'));
  return [...namespacesOf(facts, monitor)]
    .flatMap((namespace) => facts.servicesIn(namespace))
    .filter(({ manifest }) => selector.every((requirement) => meets(requirement, manifest.labels)));
}

function namespacesOf({ namespaces }: Facts, monitor: Manifest): ReadonlySet<string> {
  const selector = fieldOf(monitor, 'spec', 'namespaceSelector');
  const names = selector
    .get('matchNames')
    .items()
    .flatMap((item) => textOf(item) ?? []);
  return selector.get('any').value === true
    ? new Set(namespaces.names)
    : new Set(names.length > 0 ? names : [monitor.namespace ?? 'default']);
}
