import type { Facts } from '../facts/facts';
import { controllersOf } from '../facts/ingress-nginx-image';
import { workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `retired-ingress-nginx` hold. */
export interface RetiredIngressNginx {
  readonly workload: string;
  readonly version: string;
}

/** A controller of ingress-nginx, which was retired in March 2026: it gets no more fixes. */
export const rule = defineRule({
  code: 'retired-ingress-nginx',
  severity: 'info',
  reads: ['workloads'],
  *check(facts: Facts): Generator<Found<RetiredIngressNginx>> {
    for (const { workload, path, version } of facts.once(controllersOf)) {
      yield {
        manifest: workload.manifest,
        path,
        args: { workload: workloadText(workload), version: version.join('.') },
      };
    }
  },
});
