import type { Rewrite, RouteOutcome, ShareError, WeightedBackend } from '../model';
import { assumedNote, noPort, type Service } from '../service';
import type { Grants } from './grants';
import type { BackendRef, HttpRule } from './objects';
import { joined, rewriteOf } from './rewrite';

/** Where a rule sends requests, and why. */
export interface Sending {
  readonly outcome: RouteOutcome;
  readonly reason: string;
  readonly notes: readonly string[];
}

/** Looks up the backends of rules. */
export class Backends {
  constructor(
    private readonly services: ReadonlyMap<string, Service>,
    private readonly grants: Grants,
    private readonly assumeServices = false,
  ) {}

  /**
   * What becomes of requests that a rule without redirect takes. A backend that cannot be used answers its share with 500;
   * so does a rule without backends or without weight. For a GRPCRoute it is the status UNAVAILABLE of gRPC, 503 in HTTP.
   *
   * @param namespace that of the route
   * @param kind that of the route
   * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
   */
  sendingOf({ backends, rewrite, matches }: HttpRule, namespace: string, kind = 'HTTPRoute'): Sending {
    const status = kind === 'GRPCRoute' ? 503 : 500;
    if (backends.length === 0) {
      return refused('the rule has no backendRefs', status);
    }
    const used = backends.filter(({ weight }) => weight > 0);
    if (used.length === 0) {
      return refused('the weights of all backendRefs are 0', status);
    }
    const found = backends.map((ref) => ({ ref, error: this.errorOf(ref, namespace, kind, status) }));
    const errors = found.filter(({ ref, error }) => ref.weight > 0 && error !== undefined);
    if (errors.length === used.length) {
      return refused([...new Set(errors.map(({ error }) => error?.why))].join('; '), status);
    }
    const under = matches[0]?.path ?? '/';
    const whole = rewriteOf(rewrite, under);
    const shares = found.map(({ ref, error }) => weighted(ref, error, rewriteOf(joined(rewrite, ref.rewrite), under)));
    return {
      outcome: { kind: 'backends', backends: shares, ...(whole === undefined ? {} : { rewrite: whole }) },
      reason: reasonOf(backends),
      notes: used.flatMap((ref) => [...ref.notes, ...this.notesOf(ref)]),
    };
  }

  private errorOf(ref: BackendRef, namespace: string, kind: string, status: number): ShareError | undefined {
    const why = this.whyNot(ref, namespace, kind);
    return why === undefined ? undefined : { status, why };
  }

  private whyNot(ref: BackendRef, namespace: string, routeKind: string): string | undefined {
    const { group, kind, name, port } = ref;
    const key = `${ref.namespace}/${name}`;
    if (!this.grants.allow(routeKind, namespace, ref)) {
      return `no ReferenceGrant in ${ref.namespace} lets ${routeKind}s of ${namespace} refer to ${kind} ${name}`;
    }
    if (group !== '' || kind !== 'Service') {
      return `${kind} ${key} is no Service; only an implementation that knows its kind sends requests there`;
    }
    const service = this.services.get(key);
    if (service === undefined) {
      return this.isAssumed(ref) ? undefined : `Service ${key} does not exist`;
    }
    if (service.isExternal) {
      return undefined;
    }
    // A number may stand for several protocols.
    const found = service.ports.filter((one) => one.port === port);
    if (found.length === 0) {
      return noPort(key, port as number, service);
    }
    return found.some(({ isTcp }) => isTcp) ? undefined : `port ${port} of Service ${key} is not TCP`;
  }

  /** A Service has a port; where it is not even said, there is nothing to take as there. */
  private isAssumed({ port }: BackendRef): boolean {
    return this.assumeServices && port !== undefined;
  }

  private notesOf(ref: BackendRef): string[] {
    const { namespace, name, group, kind } = ref;
    const key = `${namespace}/${name}`;
    if (group === '' && kind === 'Service' && !this.services.has(key) && this.isAssumed(ref)) {
      return [assumedNote(key)];
    }
    return this.services.get(`${namespace}/${name}`)?.isExternal
      ? [
          `Service ${namespace}/${name} is an ExternalName, which a Gateway should not serve; one that does not answers 500`,
        ]
      : [];
  }
}

function refused(why: string, status: number): Sending {
  return { outcome: { kind: 'error', status, why }, reason: why, notes: [] };
}

function weighted(
  { namespace, name, port = 0, weight }: BackendRef,
  error: ShareError | undefined,
  rewrite: Rewrite | undefined,
): WeightedBackend {
  const backend = { namespace, service: name, port, weight, ...(error === undefined ? {} : { error }) };
  return rewrite === undefined ? backend : { ...backend, rewrite };
}

function reasonOf(backends: readonly BackendRef[]): string {
  const [only] = backends;
  if (backends.length === 1) {
    return `backendRef ${only?.name}`;
  }
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  return `backendRefs ${backends.map(({ name, weight }) => `${name} with weight ${weight}`).join(', ')} of ${total}`;
}
