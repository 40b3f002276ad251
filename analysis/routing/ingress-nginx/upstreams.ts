import type { Annotations } from './annotations';
import type { CanaryPolicy } from './canary-policy';
import type { BackendRef, Ingress } from './ingress';
import type { Resolved, Services } from './services';

/**
 * What the controller makes of a namespace, a Service and a port as they are written. Canaries hang here and not on
 * rules: every rule with this backend has them.
 */
export interface Upstream {
  readonly name: string;
  readonly backend: Resolved;
  /** The Ingress that came first with it. */
  readonly ingress: Ingress;
  /** Set where that Ingress is a canary: the upstream then takes no requests by itself. */
  readonly policy: CanaryPolicy | undefined;
  /** The names of the canaries; only the first counts. */
  readonly alternatives: Alternative[];
  /** The first of the main Ingresses with a path to it that gives clients a session cookie. */
  sticky: Annotated | undefined;
}

export interface Alternative {
  readonly upstream: string;
  /** The canary that brought it in. */
  readonly ingress: Ingress;
}

/** An Ingress with its annotations. */
export interface Annotated {
  readonly ingress: Ingress;
  readonly annotations: Annotations;
}

/** The name of an upstream: the controller's own, by which two different Services can clash. */
export function upstreamName(namespace: string, backend: BackendRef): string {
  return backend.service === undefined ? `${namespace}-INVALID` : `${namespace}-${backend.service}-${backend.port}`;
}

/** All upstreams. The first Ingress with a backend decides what it is; a default backend is made anew each time. */
export function upstreamsOf(ingresses: readonly Annotated[], services: Services): Map<string, Upstream> {
  const upstreams = new Map<string, Upstream>();
  for (const { ingress, annotations } of ingresses) {
    const { namespace, defaultBackend, rules } = ingress;
    const make = (backend: BackendRef & { readonly service: string; readonly port: number | string }) => {
      const name = upstreamName(namespace, backend);
      const resolved = services.resolve(namespace, backend.service, backend.port);
      upstreams.set(name, {
        name,
        backend: resolved,
        ingress,
        policy: annotations.canary,
        alternatives: [],
        sticky: undefined,
      });
    };
    if (defaultBackend?.service !== undefined) {
      make(defaultBackend);
    }
    for (const { backend } of rules.flatMap(({ paths }) => paths ?? [])) {
      if (backend.service !== undefined && !upstreams.has(upstreamName(namespace, backend))) {
        make(backend);
      }
    }
  }
  return upstreams;
}
