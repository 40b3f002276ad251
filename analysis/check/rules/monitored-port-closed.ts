import { appOf } from '../facts/app';
import type { Facts } from '../facts/facts';
import { isolation, type PolicyRule } from '../facts/isolation';
import { monitored } from '../facts/monitors';
import { operated } from '../facts/operators';
import { closedBy, isForAddresses } from '../facts/reach';
import { hasOtherTiers } from '../facts/tiers';
import { workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `monitored-port-closed` hold. */
export interface MonitoredPortClosed {
  readonly workload: string;
  readonly port: number;
  /** The monitor, `ServiceMonitor shop/web`, or what carries the annotation. */
  readonly monitor: string;
  /** The namespaces in which Prometheus runs, where the manifests show it. */
  readonly prometheus: readonly string[];
}

/** A port that Prometheus is told to read metrics from, and that the policies open to nobody where it runs. */
export const rule = defineRule({
  code: 'monitored-port-closed',
  severity: 'warning',
  reads: ['ServiceMonitor', 'PodMonitor', 'Service', 'NetworkPolicy', 'workloads'],
  *check(facts: Facts): Generator<Found<MonitoredPortClosed>> {
    const isolated = facts.once(isolation);
    const homes = facts.once(prometheusNamespaces);
    const told = new Set<string>();
    for (const { manifest, path, workload, number } of facts.once(monitored)) {
      const isForPrometheus = (own: PolicyRule) => isForAddresses(own) || letsIn(own, homes, workload.namespace);
      const policy = closedBy(isolated, workload, { protocol: 'TCP', number }, isForPrometheus);
      const key = `${workloadText(workload)} ${number}`;
      if (policy !== undefined && !told.has(key)) {
        told.add(key);
        yield {
          manifest: policy.manifest,
          path: ['spec'],
          args: {
            workload: workloadText(workload),
            port: number,
            monitor: `${manifest.kind} ${manifest.namespace ?? 'default'}/${manifest.name}`,
            prometheus: [...homes],
          },
          ...(facts.once(hasOtherTiers) ? { severity: 'info' } : {}),
          related: [
            { role: 'because', manifest, path },
            { role: 'affected', manifest: workload.manifest, path: ['metadata'] },
          ],
        };
      }
    }
  },
});

/** The namespaces in which the manifests have a Prometheus, for `facts.once`. */
function prometheusNamespaces(facts: Facts): ReadonlySet<string> {
  const custom = facts.once(operated).filter(({ manifest }) => manifest.kind.startsWith('Prometheus'));
  const plain = facts.pods.all.filter(({ labels }) => appOf(labels) === 'prometheus');
  return new Set([...custom, ...plain].map(({ namespace }) => namespace));
}

/** Where Prometheus runs is often not among the manifests: then any rule for pods of another namespace may be for it. */
function letsIn({ rule, policy }: PolicyRule, homes: ReadonlySet<string>, namespace: string): boolean {
  return (rule.peers ?? []).some(({ namespaces, namespaceNames }) =>
    homes.size === 0
      ? namespaces !== 'own'
      : namespaces === 'own'
        ? homes.has(policy.namespace) || homes.has(namespace)
        : [...homes].some((home) => namespaceNames.has(home)),
  );
}
