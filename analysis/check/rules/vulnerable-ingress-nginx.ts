import type { Facts } from '../facts/facts';
import { controllersOf } from '../facts/ingress-nginx-image';
import { workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `vulnerable-ingress-nginx` hold. */
export interface VulnerableIngressNginx {
  readonly workload: string;
  readonly version: string;
  /** The first release of the line without the fault. */
  readonly fixed: string;
  readonly cve: string;
}

/** Faults by which the controller or the cluster can be taken over, and the releases in which they are mended. */
const FAULTS: readonly { readonly cve: string; readonly fixed: readonly (readonly [number, number, number])[] }[] = [
  {
    cve: 'CVE-2025-1974',
    fixed: [
      [1, 11, 5],
      [1, 12, 1],
    ],
  },
];

/**
 * A controller of ingress-nginx that can be taken over from inside of the pod network.
 *
 * @see https://github.com/kubernetes/kubernetes/issues/131009
 */
export const rule = defineRule({
  code: 'vulnerable-ingress-nginx',
  severity: 'error',
  reads: ['workloads'],
  *check(facts: Facts): Generator<Found<VulnerableIngressNginx>> {
    for (const { workload, path, version } of facts.once(controllersOf)) {
      for (const { cve, fixed } of FAULTS) {
        const [first] = fixed;
        const line = fixed.find(([, minor]) => minor === version[1]);
        const mended = line ?? first;
        const isOld = line === undefined ? isBelow(version, first as readonly number[]) : isBelow(version, line);
        if (mended !== undefined && isOld) {
          yield {
            manifest: workload.manifest,
            path,
            args: { workload: workloadText(workload), version: version.join('.'), fixed: mended.join('.'), cve },
          };
        }
      }
    }
  },
});

function isBelow(version: readonly number[], other: readonly number[]): boolean {
  const at = version.findIndex((part, index) => part !== other[index]);
  return at >= 0 && (version[at] as number) < (other[at] as number);
}
