import type { Findings } from '../problems';
import type { Services } from './services';
import type { Annotated, Upstream } from './upstreams';

/** Notes Ingresses whose `default-backend` names a Service that is not among the manifests. */
export function noteSpareBackends(
  ingresses: readonly Annotated[],
  services: Services,
  prefix: string,
  findings: Findings,
): void {
  for (const { ingress, annotations } of ingresses) {
    const { namespace, manifest } = ingress;
    const name = annotations.canary === undefined ? annotations.defaultBackend : undefined;
    if (name !== undefined && services.isAbsent(namespace, name)) {
      const key = `${prefix}/default-backend`;
      const taken = services.isAssumed(namespace, name) ? 'which ports it has is not known' : 'it counts as not given';
      const message = `${key} names Service ${namespace}/${name}, which is not among the manifests; ${taken}`;
      findings.note(manifest, ['metadata', 'annotations', key], 'no-service', message);
    }
  }
}

/** That a Service which is not among the manifests would answer where the backend leads nowhere; `undefined` where none would. */
export function spareNote(
  { ingress, annotations }: Annotated,
  upstream: Upstream | undefined,
  services: Services,
): string | undefined {
  const { namespace } = ingress;
  const name = annotations.defaultBackend;
  if (name === undefined || upstream === undefined || !('missing' in upstream.backend)) {
    return undefined;
  }
  if (!services.isAbsent(namespace, name)) {
    return undefined;
  }
  const what = `Service ${namespace}/${name} of default-backend`;
  return services.isAssumed(namespace, name)
    ? `it cannot be said whether ${what} answers instead: it is taken as there, and which ports it has is not known; give its manifest`
    : `${what}, which would answer instead, is not among the manifests`;
}
