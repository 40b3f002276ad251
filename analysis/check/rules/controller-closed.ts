import { isUnknown } from '../../connectivity/exposure/controllers';
import type { Manifest } from '../../manifest';
import type { Facts } from '../facts/facts';
import { ROUTES } from '../facts/routes';
import { defineRule, type Found } from '../rule';

/** What the findings of `controller-closed` hold. */
export interface ControllerClosed {
  readonly workload: string;
  readonly port: string;
  readonly service: string;
  /** Who connects to the pods: `ingress-nginx/Deployment/ingress-nginx-controller`. */
  readonly controller: string;
  /** Whether it is closed; undefined where manifests cannot tell. */
  readonly closed: true | undefined;
  /** What stops it, or what is not known, in words. */
  readonly why: string;
}

/** An Ingress, route or Service whose pods are closed to whom it leads there: the controller, or addresses outside. */
export const rule = defineRule({
  code: 'controller-closed',
  severity: 'error',
  reads: ['Ingress', ...ROUTES, 'Gateway', 'Service', 'NetworkPolicy', 'workloads'],
  *check(facts: Facts): Generator<Found<ControllerClosed>> {
    const byName = facts.once(manifestsByName);
    const told = new Set<string>();
    for (const exposure of facts.cluster.exposures(true)) {
      const { via, to, port, protocol, service, controller, reachable, why } = exposure;
      const manifest = byName.get(keyOf(via));
      const key = `${keyOf(via)} ${to?.kind}/${to?.name} ${protocol} ${port}`;
      if (manifest !== undefined && to !== null && reachable !== true && port !== null && !told.has(key)) {
        told.add(key);
        yield {
          manifest,
          path: ['spec'],
          args: {
            workload: `${to.kind} ${to.namespace}/${to.name}`,
            port: `${protocol} ${port}`,
            service,
            controller: controller.text,
            closed: reachable === false ? true : undefined,
            why,
          },
          ...(reachable === false && !isUnknown(controller) ? {} : { severity: 'info' }),
        };
      }
    }
  },
});

/** Manifests by kind, namespace and name, for `facts.once`. */
function manifestsByName({ manifests }: Facts): ReadonlyMap<string, Manifest> {
  return new Map(
    manifests.map((manifest) => [
      keyOf({ kind: manifest.kind, namespace: manifest.namespace ?? 'default', name: manifest.name }),
      manifest,
    ]),
  );
}

function keyOf({
  kind,
  namespace,
  name,
}: {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}): string {
  return `${kind} ${namespace}/${name}`;
}
