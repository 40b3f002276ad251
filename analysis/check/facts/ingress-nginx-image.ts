import { CONTROLLER_IMAGE } from '../../connectivity/read/served';
import type { Path } from '../../manifest';
import type { Facts } from './facts';
import type { WorkloadFacts } from './workloads';

/** A controller of ingress-nginx among the workloads. */
export interface ControllerImage {
  readonly workload: WorkloadFacts;
  /** Where its image is written. */
  readonly path: Path;
  readonly version: readonly [number, number, number];
}

const VERSION = /^v?(\d+)\.(\d+)\.(\d+)/;

/** The controllers of ingress-nginx among the workloads, for `facts.once`. */
export function controllersOf({ pods }: Facts): readonly ControllerImage[] {
  return pods.all.flatMap((workload) =>
    workload.containers.flatMap(({ image, path }) => {
      const [, tag = ''] = CONTROLLER_IMAGE.exec(image) ?? [];
      const [, major, minor, patch] = VERSION.exec(tag) ?? [];
      return major === undefined
        ? []
        : [{ workload, path: [...path, 'image'], version: [Number(major), Number(minor), Number(patch)] as const }];
    }),
  );
}
