import { isOperated } from '../../analysis/connectivity/read/operators';
import { CONTROLLER_IMAGE } from '../../analysis/connectivity/read/served';
import type { Manifest } from '../../analysis/manifest';
import { isMapping } from '../../analysis/manifest/value';
import { configMapsOf } from '../../analysis/routing/ingress-nginx/controllers';

type Mapping = Readonly<Record<string, unknown>>;

/** Groups and kinds of which no answer about connections and requests takes anything. */
const UNUSED = new Set([
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'rbac.authorization.k8s.io',
  'argoproj.io/Application',
  'cert-manager.io/ClusterIssuer',
  'cert-manager.io/Issuer',
  'monitoring.coreos.com/PodMonitor',
  'monitoring.coreos.com/ServiceMonitor',
]);

/** What is read of a pod's spec, of a container, and of the state of pods and nodes. */
const POD = ['containers', 'initContainers', 'hostNetwork', 'nodeName', 'serviceAccount', 'serviceAccountName'];
const CONTAINER = ['name', 'image', 'ports', 'restartPolicy'];
const STATUS = ['podIP', 'podIPs', 'hostIP', 'hostIPs', 'addresses'];
const METADATA = [
  'name',
  'generateName',
  'namespace',
  'labels',
  'annotations',
  'ownerReferences',
  'creationTimestamp',
  'uid',
];

/**
 * Manifests without what no answer needs, and without what nobody wants to hand on with a picture: environment variables, commands,
 * volumes, the values of Secrets, and those of ConfigMaps that no controller of ingress-nginx is told by.
 */
export function slimmed(
  manifests: readonly Manifest[],
): readonly { readonly manifest: Manifest; readonly object: Mapping }[] {
  const told = new Set(configMapsOf(manifests, {}).map(({ manifest }) => manifest));
  return manifests
    .filter(({ group, kind }) => !UNUSED.has(group) && !UNUSED.has(`${group}/${kind}`))
    .map((manifest) => ({ manifest, object: objectOf(manifest, told.has(manifest)) }));
}

function objectOf(manifest: Manifest, isTold: boolean): Mapping {
  const { object, group, kind } = manifest;
  if (group === '' && (kind === 'Secret' || (kind === 'ConfigMap' && !isTold))) {
    const blank = (key: string) => (isMapping(object[key]) ? { [key]: blanked(object[key]) } : {});
    return { ...head(object), ...blank('data'), ...blank('stringData') };
  }
  if (isOperated(manifest)) {
    return { ...head(object), ...(isMapping(object.spec) ? { spec: picked(object.spec, ['podMetadata']) } : {}) };
  }
  const { apiVersion: _, kind: __, metadata: ___, status, ...rest } = object;
  return {
    ...head(object),
    ...(slim(rest, group.endsWith('keda.sh')) as Mapping),
    ...(isMapping(status) && group === '' ? { status: picked(status, STATUS) } : {}),
  };
}

function head({ apiVersion, kind, metadata }: Mapping): Mapping {
  return { apiVersion, kind, ...(isMapping(metadata) ? { metadata: metadataOf(metadata) } : {}) };
}

function metadataOf(metadata: Mapping): Mapping {
  const kept = picked(metadata, METADATA);
  return isMapping(kept.annotations) ? { ...kept, annotations: withoutApplied(kept.annotations) } : kept;
}

/** The annotation in which kubectl keeps the whole object, with all that is left out here. */
export const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function withoutApplied(annotations: Mapping): Mapping {
  const { [APPLIED]: _, ...others } = annotations;
  return others;
}

function slim(value: unknown, isScaler: boolean): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => slim(item, isScaler));
  }
  if (!isMapping(value)) {
    return value;
  }
  if (Array.isArray(value.containers)) {
    return podOf(value);
  }
  if (isMapping(value.domain)) {
    const { devices } = value.domain;
    const interfaces = isMapping(devices) ? { devices: picked(devices, ['interfaces']) } : {};
    return { ...picked(value, POD), domain: interfaces };
  }
  const { metadata, ...others } = value;
  const entries = Object.entries(others).filter(([key]) => !(isScaler && key === 'triggers'));
  return {
    ...Object.fromEntries(entries.map(([key, item]) => [key, slim(item, isScaler)])),
    ...(isMapping(metadata) ? { metadata: metadataOf(metadata) } : metadata === undefined ? {} : { metadata }),
  };
}

function podOf(spec: Mapping): Mapping {
  const kept: Record<string, unknown> = { ...picked(spec, POD) };
  for (const key of ['containers', 'initContainers']) {
    const list = spec[key];
    if (Array.isArray(list)) {
      kept[key] = list.map((container) => (isMapping(container) ? containerOf(container) : container));
    }
  }
  return kept;
}

function containerOf(container: Mapping): Mapping {
  const isController = typeof container.image === 'string' && CONTROLLER_IMAGE.test(container.image);
  return picked(container, isController ? [...CONTAINER, 'command', 'args'] : CONTAINER);
}

function picked(mapping: Mapping, keys: readonly string[]): Mapping {
  return Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(mapping, key) ? [[key, mapping[key]]] : [])));
}

function blanked(values: Mapping): Mapping {
  return Object.fromEntries(Object.keys(values).map((key) => [key, '']));
}
