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

/** The image that upstream publishes, with its version, by whatever registry it comes. */
const IMAGE =
  /(?:^|\/)(?:ingress-nginx\/controller|nginx-ingress-controller|ingress-nginx-controller)(?:-chroot)?:v?(\d+)\.(\d+)\.(\d+)/;

/** The controllers of ingress-nginx among the workloads, for `facts.once`. */
export function controllersOf({ pods }: Facts): readonly ControllerImage[] {
  return pods.all.flatMap((workload) =>
    workload.containers.flatMap(({ image, path }) => {
      const [, major, minor, patch] = IMAGE.exec(image) ?? [];
      return major === undefined
        ? []
        : [{ workload, path: [...path, 'image'], version: [Number(major), Number(minor), Number(patch)] as const }];
    }),
  );
}
