import { appOf } from '../facts/app';
import type { Facts } from '../facts/facts';
import { selectorText } from '../facts/selector-text';
import { type ServiceFacts, targetNumbers } from '../facts/services';
import { type WorkloadFacts, workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `service-selects-two-apps` hold. */
export interface ServiceSelectsTwoApps {
  readonly selector: string;
  /** Two workloads that it selects. */
  readonly workloads: readonly [string, string];
  /** How the labels call what the two are. */
  readonly apps: readonly [string, string];
}

/** A Service that selects pods of two different apps or components, of which one does not listen on its port. */
export const rule = defineRule({
  code: 'service-selects-two-apps',
  severity: 'warning',
  reads: ['Service', 'workloads'],
  *check({ services }: Facts): Generator<Found<ServiceSelectsTwoApps>> {
    for (const service of services) {
      const { manifest, selector = [], workloads } = service;
      const pair = workloads.length > 1 ? strangers(service) : undefined;
      if (pair !== undefined) {
        const [one, other] = pair;
        yield {
          manifest,
          path: ['spec', 'selector'],
          args: {
            selector: selectorText(selector),
            workloads: [workloadText(one), workloadText(other)],
            apps: [callOf(one) as string, callOf(other) as string],
          },
          related: pair.map((workload) => ({
            role: 'because',
            manifest: workload.manifest,
            path: [...workload.template, 'metadata', 'labels'],
          })),
        };
      }
    }
  },
});

/** Two workloads that are called otherwise, where the Service can lead to just one of them. */
function strangers(service: ServiceFacts): readonly [WorkloadFacts, WorkloadFacts] | undefined {
  const listening = service.workloads.find((workload) => listens(service, workload));
  const other = service.workloads.find(
    (workload) =>
      listening !== undefined &&
      callOf(workload) !== undefined &&
      callOf(listening) !== undefined &&
      callOf(workload) !== callOf(listening) &&
      !listens(service, workload),
  );
  return listening === undefined || other === undefined ? undefined : [listening, other];
}

/** Whether a workload declares the ports to which a Service leads. One that declares none may listen on any. */
function listens({ ports }: ServiceFacts, workload: WorkloadFacts): boolean {
  const declared = workload.containers.flatMap((container) => container.ports);
  return ports.every((port) => {
    const numbers = targetNumbers(port, workload);
    return declared.some((own) => own.protocol === port.protocol && numbers.includes(own.number));
  });
}

/** The app and the component of the pods of a workload. */
function callOf({ labels }: WorkloadFacts): string | undefined {
  const names = [appOf(labels), labels.get('app.kubernetes.io/component')].filter((name) => name !== undefined);
  return names.length === 0 ? undefined : names.join(' ');
}
