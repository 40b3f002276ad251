import type { Facts } from '../facts/facts';
import { missingPorts } from '../facts/monitors';
import { defineRule, type Found } from '../rule';

/** What the findings of `monitor-port-missing` hold. */
export interface MonitorPortMissing {
  readonly port: string;
  readonly service: string;
  /** The names of the ports that the Service has. */
  readonly names: readonly string[];
}

/** A ServiceMonitor that names a port which none of the Services that it selects has. */
export const rule = defineRule({
  code: 'monitor-port-missing',
  severity: 'error',
  reads: ['ServiceMonitor', 'Service'],
  *check(facts: Facts): Generator<Found<MonitorPortMissing>> {
    for (const { manifest, path, port, service } of facts.once(missingPorts)) {
      yield {
        manifest,
        path,
        args: {
          port,
          service: `${service.namespace}/${service.name}`,
          names: service.ports.flatMap(({ name }) => name ?? []),
        },
        related: [{ role: 'because', manifest: service.manifest, path: ['spec', 'ports'] }],
      };
    }
  },
});
