import { listIn } from '../../manifest/lists';
import { isMapping } from '../../manifest/value';
import type { BackendShare } from '../answer';
import type { RouteRule } from '../model';
import type { AttachedObject } from './object';
import { mayReroute } from './rerouting';

type Backends = readonly Pick<BackendShare, 'namespace' | 'service' | 'kind'>[];

/** Policies, found by what they are about. */
export class AttachedPolicies {
  /** By the kind, namespace and name of what they are attached to; in the order of the manifests. */
  private readonly byTarget = new Map<string, number[]>();
  private readonly byHost = new Map<string, number[]>();
  private readonly byNamespace = new Map<string, number[]>();
  /** Those that are about every request that is passed on. */
  private readonly ofBackends: number[] = [];
  /** Those that are about every request. */
  private readonly always: number[] = [];
  private readonly notes: readonly string[];

  /** @param gateway the Gateway that takes requests: `namespace/name` */
  constructor(
    policies: readonly AttachedObject[],
    private readonly gateway: string | undefined,
  ) {
    this.notes = policies.map(noteOf);
    for (const [index, policy] of policies.entries()) {
      this.add(policy, index);
    }
  }

  /** What policies may do with a request that a rule takes, a note for each that is about it. */
  notesFor(rule: Pick<RouteRule, 'kind' | 'namespace' | 'name'> | undefined, backends: Backends): string[] {
    if (this.notes.length === 0) {
      return [];
    }
    const found = new Set(this.always);
    const take = (indices: readonly number[] | undefined) => {
      for (const index of indices ?? []) {
        found.add(index);
      }
    };
    if (rule !== undefined) {
      take(this.byTarget.get(keyOf(rule.kind, rule.namespace, rule.name)));
    }
    for (const { kind = 'Service', namespace, service } of backends) {
      take(this.byTarget.get(keyOf(kind, namespace, service)));
      take(this.byHost.get(`${namespace}/${service}`));
      take(this.byNamespace.get(namespace));
    }
    take(backends.length > 0 ? this.ofBackends : undefined);
    return [...found].sort((a, b) => a - b).map((index) => this.notes[index] as string);
  }

  private add(policy: AttachedObject, index: number): void {
    const { targets, namespace, kind } = policy;
    if (targets.length > 0) {
      for (const target of targets) {
        const isOfAll =
          target.kind === 'ListenerSet' ||
          (target.kind === 'Gateway' && `${target.namespace}/${target.name}` === this.gateway);
        const list = isOfAll ? this.always : listIn(this.byTarget, keyOf(target.kind, target.namespace, target.name));
        list.push(index);
      }
      return;
    }
    const hosts = hostsOf(policy);
    if (hosts !== undefined) {
      for (const host of hosts) {
        const [service = '', own = namespace] = host.split('.');
        if (service !== '*') {
          listIn(this.byHost, `${own}/${service}`).push(index);
        } else if (DOMAINS.has(own) || host === '*') {
          this.ofBackends.push(index);
        } else {
          listIn(this.byNamespace, own).push(index);
        }
      }
    } else if (WIDE.has(kind)) {
      const isOfAll = namespace === 'istio-system' || namespace === this.gateway?.split('/')[0];
      (isOfAll ? this.always : listIn(this.byNamespace, namespace)).push(index);
    }
  }
}

function noteOf({ name, why, kind }: AttachedObject): string {
  return mayReroute(kind)
    ? `it cannot be said whether ${name} sends the request elsewhere: it ${why}, and is not evaluated`
    : `${name} ${why} and is not evaluated: it may refuse or change the request`;
}

function keyOf(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}

/** What follows the namespaces in the names of Services: `*.svc.cluster.local` is every Service. */
const DOMAINS = new Set(['svc', 'cluster', 'local']);

/** Kinds that are for all pods of a namespace, or for those that a selector of theirs selects. */
const WIDE = new Set(['AuthorizationPolicy', 'EnvoyFilter', 'RequestAuthentication', 'WasmPlugin']);

/** The hosts of a VirtualService, DestinationRule or ServiceProfile. */
function hostsOf({ kind, spec, name }: AttachedObject): readonly string[] | undefined {
  const { host, hosts } = isMapping(spec) ? spec : {};
  switch (kind) {
    case 'VirtualService':
      return (Array.isArray(hosts) ? hosts : []).filter((one) => typeof one === 'string');
    case 'DestinationRule':
      return typeof host === 'string' ? [host] : [];
    case 'ServiceProfile':
      return [name.split('/').at(-1) ?? ''];
    default:
      return undefined;
  }
}
