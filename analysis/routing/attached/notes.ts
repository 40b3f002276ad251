import { isMapping } from '../../manifest/value';
import type { BackendShare } from '../answer';
import type { RouteRule } from '../model';
import type { AttachedObject } from './object';
import { mayReroute } from './rerouting';

/** A request as far as objects may be about it. */
export interface Concern {
  readonly rule: Pick<RouteRule, 'kind' | 'namespace' | 'name'> | undefined;
  readonly backends: readonly Pick<BackendShare, 'namespace' | 'service' | 'kind'>[];
  /** The Gateway that takes it: `namespace/name`. */
  readonly gateway: string | undefined;
}

/** What attached objects may do with a request, a note for each that is about it. */
export function attachedNotes(objects: readonly AttachedObject[], concern: Concern): string[] {
  return objects
    .filter((object) => object.isPolicy && isAbout(object, concern))
    .map(({ name, why, kind }) =>
      mayReroute(kind)
        ? `it cannot be said whether ${name} sends the request elsewhere: it ${why}, and is not evaluated`
        : `${name} ${why} and is not evaluated: it may refuse or change the request`,
    );
}

function isAbout(object: AttachedObject, { rule, backends, gateway }: Concern): boolean {
  const { targets, namespace } = object;
  if (targets.length > 0) {
    return targets.some(
      (target) =>
        (target.kind === rule?.kind && target.namespace === rule.namespace && target.name === rule.name) ||
        (target.kind === 'Gateway' && `${target.namespace}/${target.name}` === gateway) ||
        target.kind === 'ListenerSet' ||
        backends.some(
          ({ kind = 'Service', ...one }) =>
            target.kind === kind && target.namespace === one.namespace && target.name === one.service,
        ),
    );
  }
  const hosts = hostsOf(object);
  if (hosts !== undefined) {
    return backends.some((one) => hosts.some((host) => isHostOf(host, namespace, one)));
  }
  return (
    WIDE.has(object.kind) &&
    [...backends.map((one) => one.namespace), gateway?.split('/')[0], 'istio-system'].includes(namespace)
  );
}

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

function isHostOf(host: string, namespace: string, backend: Pick<BackendShare, 'namespace' | 'service'>): boolean {
  const [service, own = namespace] = host.split('.');
  return host === '*' || (service === backend.service && own === backend.namespace);
}
