import { type Endpoints, NO_ENDPOINTS } from '../endpoints';
import type { Rewrite, RouteOutcome, ShareError, WeightedBackend } from '../model';
import type { Findings } from '../problems';
import { type Assumption, assumedNote, noPort, type Service } from '../service';
import { knowledgeOf } from './backend-kinds';
import type { Grants } from './grants';
import type { BackendRef, HttpRule } from './objects';
import { joined, rewriteOf } from './rewrite';

/** Where a rule sends requests, and why. */
export interface Sending {
  readonly outcome: RouteOutcome;
  readonly reason: string;
  readonly notes: readonly string[];
  /** What filters of backends do besides. */
  readonly settings: readonly string[];
}

/** What backends are looked up with. */
export interface BackendSources {
  readonly services: ReadonlyMap<string, Service>;
  readonly endpoints: Endpoints;
  readonly grants: Grants;
  /** Objects of other kinds, as `group/kind/namespace/name`. */
  readonly others: ReadonlySet<string>;
  /** The implementation of the Gateway; `undefined` where its class does not tell. */
  readonly implementation: string | undefined;
  readonly assumed: Assumption;
  readonly findings: Findings;
}

/** What is known of one backend. */
interface Found {
  readonly error?: ShareError;
  readonly notes: readonly string[];
}

const USABLE: Found = { notes: [] };

/** Looks up the backends of rules. */
export class Backends {
  constructor(private readonly sources: BackendSources) {}

  /**
   * What becomes of requests that a rule without redirect takes. A backend that cannot be used answers its share with 500,
   * one without endpoints with 503; so does a rule without backends or without weight. For a GRPCRoute it is the status
   * UNAVAILABLE of gRPC, 503 in HTTP.
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
    const isUsed = ({ weight }: BackendRef) => weight > 0;
    if (!backends.some(isUsed)) {
      return refused('the weights of all backendRefs are 0', status);
    }
    const all = backends.map((ref) => ({ ref, ...this.find(ref, namespace, kind, status) }));
    const used = all.filter(({ ref }) => isUsed(ref));
    const errors = used.flatMap(({ error }) => error ?? []);
    const statuses = new Set(errors.map((error) => error.status));
    if (errors.length === used.length && statuses.size === 1) {
      const why = [...new Set(errors.map((error) => error.why))].join('; ');
      return { ...refused(why, errors[0]?.status ?? status), notes: used.flatMap(({ notes }) => notes) };
    }
    const under = matches[0]?.path ?? '/';
    const whole = rewriteOf(rewrite, under);
    const shares = all.map(({ ref, error }) => weighted(ref, error, rewriteOf(joined(rewrite, ref.rewrite), under)));
    return {
      outcome: { kind: 'backends', backends: shares, ...(whole === undefined ? {} : { rewrite: whole }) },
      reason: reasonOf(backends),
      notes: used.flatMap(({ notes }) => notes),
      settings: used.flatMap(({ ref }) => ref.settings),
    };
  }

  private find(ref: BackendRef, namespace: string, routeKind: string, status: number): Found {
    const { group, kind, name } = ref;
    if (!this.sources.grants.allow(routeKind, namespace, ref)) {
      const what = `${routeKind}s of ${namespace} refer to ${kind} ${name}`;
      return unusable(`no ReferenceGrant in ${ref.namespace} lets ${what}`, status);
    }
    return group === '' && kind === 'Service' ? this.findService(ref, status) : this.findOther(ref, status);
  }

  private findService(ref: BackendRef, status: number): Found {
    const { services, endpoints } = this.sources;
    const { port = 0 } = ref;
    const key = `${ref.namespace}/${ref.name}`;
    const service = services.get(key);
    if (service === undefined) {
      return this.absent(`Service ${key}`, assumedNote(key), status);
    }
    if (service.isExternal) {
      const note = `Service ${key} is an ExternalName, which a Gateway should not serve; one that does not answers 500`;
      return { notes: [note] };
    }
    // A number may stand for several protocols.
    const found = service.ports.filter((one) => one.port === port);
    if (found.length === 0) {
      return unusable(noPort(key, port, service), status);
    }
    if (!found.some(({ isTcp }) => isTcp)) {
      return unusable(`port ${port} of Service ${key} is not TCP`, status);
    }
    const lack = endpoints.lackOf(key, port);
    if (lack === undefined) {
      return USABLE;
    }
    return lack.isSure
      ? { error: { status: NO_ENDPOINTS, why: lack.why }, notes: lack.note === undefined ? [] : [lack.note] }
      : { notes: [lack.why] };
  }

  /** A backend that is no Service: who knows its kind sends requests there. */
  private findOther({ group, kind, namespace, name }: BackendRef, status: number): Found {
    const { others, implementation } = this.sources;
    const title = `${kind} ${namespace}/${name}`;
    const knowledge = knowledgeOf({ group, kind }, implementation);
    if (knowledge.is === 'unknown') {
      return unusable(`${title} is no Service but of a kind ${knowledge.why}`, status);
    }
    const isThere = others.has(`${group}/${kind}/${namespace}/${name}`);
    if (knowledge.is === 'open') {
      return {
        notes: [`it cannot be said whether ${knowledge.why}: if not, what would go to ${title} is answered ${status}`],
      };
    }
    if (!knowledge.isObject(name) || isThere) {
      return { notes: [`where ${title} leads is known to ${implementation}, and not read`] };
    }
    return this.absent(title, `${title} is not among the manifests; it is taken as there`, status);
  }

  /** An object that is not among the manifests. */
  private absent(object: string, note: string, status: number): Found {
    if (this.sources.assumed(object)) {
      return { notes: [note] };
    }
    this.sources.findings.missing.add(object);
    return unusable(`${object} does not exist`, status);
  }
}

function unusable(why: string, status: number): Found {
  return { error: { status, why }, notes: [] };
}

function refused(why: string, status: number): Sending {
  return { outcome: { kind: 'error', status, why }, reason: why, notes: [], settings: [] };
}

function weighted(
  { group, kind, namespace, name, port = 0, weight }: BackendRef,
  error: ShareError | undefined,
  rewrite: Rewrite | undefined,
): WeightedBackend {
  const other = group === '' && kind === 'Service' ? {} : { kind };
  const backend = { namespace, service: name, ...other, port, weight, ...(error === undefined ? {} : { error }) };
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
