import { listIn } from '../../manifest/lists';
import type { Facts } from '../facts/facts';
import type { PolicyFacts, PolicyPortFacts, RuleFacts } from '../facts/policies';
import { type ServiceFacts, type ServicePortFacts, targetNumbers } from '../facts/services';
import { type WorkloadFacts, workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `port-of-service` hold. */
export interface PortOfService {
  readonly port: number;
  readonly protocol: string;
  /** `NAMESPACE/NAME`. */
  readonly service: string;
  /** The pods' port to which the Service leads from there. */
  readonly target: number;
  readonly workload: string;
}

/**
 * A NetworkPolicy that names the port of a Service where it has to name the port of the pods.
 *
 * Silent about numbers that no Service of these pods has, and about numbers that a container declares: a container need
 * not declare its ports.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export const rule = defineRule({
  code: 'port-of-service',
  severity: 'error',
  reads: ['NetworkPolicy', 'Service', 'workloads'],
  *check(facts: Facts): Generator<Found<PortOfService>> {
    const { policies } = facts;
    const services = facts.once(servicesByWorkload);
    for (const policy of policies) {
      for (const rule of policy.rules) {
        for (const port of rule.ports ?? []) {
          const wrong = mistaken(policy, rule, port, services);
          if (wrong !== undefined) {
            const { service, servicePort, workload, target } = wrong;
            const path = [...port.path, 'port'];
            yield {
              manifest: policy.manifest,
              path,
              args: {
                port: servicePort.port,
                protocol: port.protocol,
                service: `${service.namespace}/${service.name}`,
                target,
                workload: workloadText(workload),
              },
              related: [{ role: 'because', manifest: service.manifest, path: servicePort.path }],
              // Whoever listens on the number itself is not among the manifests, so a person has to look.
              fix: { safe: true, edits: [{ kind: 'set', manifest: policy.manifest, path, value: target }] },
            };
          }
        }
      }
    }
  },
});

interface Mistake {
  readonly service: ServiceFacts;
  readonly servicePort: ServicePortFacts;
  readonly workload: WorkloadFacts;
  readonly target: number;
}

/** The Services that select each workload. */
function servicesByWorkload({ services }: Facts): ReadonlyMap<WorkloadFacts, readonly ServiceFacts[]> {
  const found = new Map<WorkloadFacts, ServiceFacts[]>();
  for (const service of services) {
    for (const workload of service.workloads) {
      listIn(found, workload).push(service);
    }
  }
  return found;
}

/** Every workload that a rule lets in or out on the port has to be reached by another number, or it may be meant. */
function mistaken(
  policy: PolicyFacts,
  { direction, peers }: RuleFacts,
  { protocol, port, end }: PolicyPortFacts,
  services: ReturnType<typeof servicesByWorkload>,
): Mistake | undefined {
  if (typeof port !== 'number' || end !== undefined) {
    return undefined;
  }
  const receivers = direction === 'ingress' ? policy.workloads : (peers ?? []).flatMap((peer) => [...peer.workloads()]);
  let mistake: Mistake | undefined;
  for (const workload of receivers) {
    const own = mistakeAt(workload, protocol, port, services.get(workload) ?? []);
    if (own === undefined || (mistake !== undefined && own.target !== mistake.target)) {
      return undefined;
    }
    mistake = own;
  }
  return mistake;
}

function mistakeAt(
  workload: WorkloadFacts,
  protocol: string,
  port: number,
  services: readonly ServiceFacts[],
): Mistake | undefined {
  const declares = workload.containers.some(({ ports }) =>
    ports.some((own) => own.number === port && own.protocol === protocol),
  );
  const leading = services.flatMap((service) =>
    service.ports
      .filter((own) => own.protocol === protocol)
      .map((servicePort) => ({ service, servicePort, targets: targetNumbers(servicePort, workload) })),
  );
  if (declares || leading.some(({ targets }) => targets.includes(port))) {
    return undefined;
  }
  const hit = leading.find(({ servicePort, targets }) => servicePort.port === port && targets.length > 0);
  return hit === undefined ? undefined : { ...hit, workload, target: hit.targets[0] as number };
}
