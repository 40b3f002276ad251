import type { Manifest } from '../manifest';
import { isMapping } from '../manifest/value';
import { type Served, servedBy } from '../routing/ingress-nginx/classes';
import { assumedController, type ControllerChoice, controllersOf } from '../routing/ingress-nginx/controllers';
import type { BackendRef, Ingress } from '../routing/ingress-nginx/ingress';
import { readIngress } from '../routing/ingress-nginx/read-ingress';
import type { Settings } from '../routing/ingress-nginx/settings';
import { Findings } from '../routing/problems';
import type { ObjectName } from './gateway';

/** An Ingress of the class that is taken over. */
export interface SourceIngress {
  readonly ingress: Ingress;
  /** Annotations of ingress-nginx, without prefix. */
  readonly annotations: ReadonlyMap<string, string>;
  /** Annotations of other tools. */
  readonly others: ReadonlyMap<string, string>;
  readonly isCanary: boolean;
}

/** The Ingresses that are served, as routing finds them, and what their controller is told. */
export function sourceIngresses(
  manifests: readonly Manifest[],
  wanted: string | undefined,
  choice: ControllerChoice,
): { readonly sources: readonly SourceIngress[]; readonly settings: Settings } {
  // What is wrong is reported where the routes are read.
  const findings = new Findings();
  const ingresses = manifests
    .filter(({ kind, group }) => kind === 'Ingress' && group === 'networking.k8s.io')
    .map((manifest) => readIngress(manifest, findings));
  const [controllers, assumed] = [controllersOf(manifests, choice), assumedController(manifests, choice)];
  const served: Served = servedBy(controllers, manifests, ingresses, wanted, findings, assumed);
  const prefix = `${served.settings.annotationPrefix}/`;
  const sources = served.ingresses.map((ingress) => {
    const entries = [...ingress.manifest.annotations];
    const own = entries
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value] as const);
    const annotations = new Map(own);
    return {
      ingress,
      annotations,
      others: new Map(entries.filter(([key]) => !key.startsWith(prefix))),
      isCanary: ['true', '1', 't', 'T', 'TRUE', 'True'].includes(annotations.get('canary') ?? ''),
    };
  });
  return { sources, settings: served.settings };
}

/** The Secret with the certificate for a host, as the TLS sections of Ingresses name it. */
export function secretFor(hostname: string, sources: readonly SourceIngress[]): ObjectName | undefined {
  const wildcard = hostname.replace(/^[^.]+\./, '*.');
  for (const wanted of [hostname, wildcard]) {
    for (const { ingress } of sources) {
      for (const { hosts, secretName } of tlsOf(ingress)) {
        const isForAll =
          hosts.length === 0 && wanted === wildcard && ingress.rules.some(({ host }) => host === hostname);
        if (secretName !== undefined && (hosts.includes(wanted) || isForAll)) {
          return { namespace: ingress.namespace, name: secretName };
        }
      }
    }
  }
  return undefined;
}

/** The Secrets that the TLS sections of an Ingress name, each once. */
export function secretNamesOf(ingress: Ingress): readonly string[] {
  return [...new Set(tlsOf(ingress).flatMap(({ secretName }) => secretName ?? []))];
}

function tlsOf({
  manifest,
  tls,
}: Ingress): { readonly hosts: readonly string[]; readonly secretName: string | undefined }[] {
  const { spec } = manifest.object;
  const items = isMapping(spec) && Array.isArray(spec.tls) ? spec.tls : [];
  return tls.map(({ hosts }, index) => {
    const item: unknown = items[index];
    const secretName = isMapping(item) && typeof item.secretName === 'string' ? item.secretName : '';
    return { hosts, secretName: secretName === '' ? undefined : secretName };
  });
}

/** Services that are not among the manifests. */
export interface MissingServices {
  readonly objects: readonly object[];
  /** Their names and ports in words, by the Ingress that names them. */
  readonly byIngress: ReadonlyMap<SourceIngress, readonly string[]>;
}

/** Services that Ingresses name by number and that are not among the manifests, as they are taken as there. */
export function missingServices(manifests: readonly Manifest[], sources: readonly SourceIngress[]): MissingServices {
  const known = new Set(
    manifests.flatMap(({ kind, group, namespace = 'default', name }) =>
      kind === 'Service' && group === '' ? [`${namespace}/${name}`] : [],
    ),
  );
  const ports = new Map<string, Set<number>>();
  const byIngress = new Map<SourceIngress, string[]>();
  for (const source of sources) {
    const { namespace, rules, defaultBackend } = source.ingress;
    const backends = [defaultBackend, ...rules.flatMap(({ paths }) => paths ?? []).map(({ backend }) => backend)];
    for (const { service, port } of backends.filter(isByNumber)) {
      const key = `${namespace}/${service}`;
      if (!known.has(key)) {
        ports.set(key, (ports.get(key) ?? new Set()).add(port));
        byIngress.set(source, [...new Set([...(byIngress.get(source) ?? []), `${key} with port ${port}`])]);
      }
    }
  }
  const objects = [...ports].map(([key, numbers]) => {
    const [namespace, name] = key.split('/');
    const list = [...numbers].map((port) => ({ name: `port-${port}`, port }));
    return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { ports: list } };
  });
  return { objects, byIngress };
}

function isByNumber(
  backend: BackendRef | undefined,
): backend is BackendRef & { readonly service: string; readonly port: number } {
  return backend?.service !== undefined && typeof backend.port === 'number';
}
