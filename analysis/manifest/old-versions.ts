import { byGroup } from './by-group';
import { isMapping } from './value';

type Mapping = Readonly<Record<string, unknown>>;

/** A version that no supported cluster serves any more, and that means the same as one that is read. */
export interface OldVersion {
  readonly now: string;
  /** Writes an object as the version that is read has it; left out where the two are alike. */
  readonly convert?: (object: Mapping) => Mapping;
}

const workloads = ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'];

/**
 * By `apiVersion/kind`.
 *
 * @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
const OLD = byGroup<OldVersion>([
  ...workloads.flatMap((kind) =>
    ['apps/v1beta1', 'apps/v1beta2', 'extensions/v1beta1'].map((old): [string, OldVersion] => [
      `${old}/${kind}`,
      { now: 'apps/v1' },
    ]),
  ),
  ['batch/v1beta1/CronJob', { now: 'batch/v1' }],
  ['batch/v2alpha1/CronJob', { now: 'batch/v1' }],
  ['extensions/v1beta1/NetworkPolicy', { now: 'networking.k8s.io/v1' }],
  ['extensions/v1beta1/Ingress', { now: 'networking.k8s.io/v1', convert: ingress }],
  ['networking.k8s.io/v1beta1/Ingress', { now: 'networking.k8s.io/v1', convert: ingress }],
  ['networking.k8s.io/v1beta1/IngressClass', { now: 'networking.k8s.io/v1' }],
  ...['Gateway', 'GatewayClass', 'HTTPRoute', 'ReferenceGrant'].map((kind): [string, OldVersion] => [
    `gateway.networking.k8s.io/v1alpha2/${kind}`,
    { now: 'gateway.networking.k8s.io/v1' },
  ]),
]);

/** What an old version is read as; `undefined` for one that means something else, or nothing. */
export function oldVersion(apiVersion: string, kind: string): OldVersion | undefined {
  return OLD.get(apiVersion)?.get(kind);
}

/** An Ingress of v1beta1: `serviceName` and `servicePort`, and a path type that may be left out. */
function ingress(object: Mapping): Mapping {
  const { spec } = object;
  if (!isMapping(spec)) {
    return object;
  }
  const { backend, rules, ...rest } = spec;
  return {
    ...object,
    spec: {
      ...rest,
      ...(backend === undefined ? {} : { defaultBackend: converted(backend) }),
      ...(rules === undefined ? {} : { rules: each(rules, rule) }),
    },
  };
}

function rule(value: Mapping): Mapping {
  const { http } = value;
  return isMapping(http) ? { ...value, http: { ...http, paths: each(http.paths, path) } } : value;
}

function path(value: Mapping): Mapping {
  return {
    ...value,
    pathType: value.pathType ?? 'ImplementationSpecific',
    ...(value.backend === undefined ? {} : { backend: converted(value.backend) }),
  };
}

function converted(backend: unknown): unknown {
  if (!isMapping(backend) || !('serviceName' in backend || 'servicePort' in backend)) {
    return backend;
  }
  const { serviceName, servicePort, ...rest } = backend;
  return {
    ...rest,
    service: {
      name: serviceName,
      port: typeof servicePort === 'string' ? { name: servicePort } : { number: servicePort },
    },
  };
}

function each(list: unknown, change: (item: Mapping) => Mapping): unknown {
  return Array.isArray(list) ? list.map((item) => (isMapping(item) ? change(item) : item)) : list;
}
