import type { Manifest } from '../manifest';
import { isMapping } from '../manifest/value';

/** The keys of a Secret; `made` where another object makes it, so that they are not known. */
export type SecretKeys = ReadonlySet<string> | 'made';

/** Objects that make a Secret: by API group and kind, the fields that name it, else it has their own name. */
const MAKERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['cert-manager.io Certificate', ['secretName']],
  ['bitnami.com SealedSecret', ['template', 'metadata', 'name']],
  ['external-secrets.io ExternalSecret', ['target', 'name']],
  ['secrets.hashicorp.com VaultStaticSecret', ['destination', 'name']],
  ['secrets.hashicorp.com VaultDynamicSecret', ['destination', 'name']],
  ['secrets.hashicorp.com VaultPKISecret', ['destination', 'name']],
]);

/** The Secrets among manifests, those that other objects there make, and the ConfigMaps. */
export class Secrets {
  private readonly keys = new Map<string, SecretKeys>();
  private readonly data = new Map<string, ReadonlyMap<string, string>>();

  /** @param areAssumed whether Secrets and ConfigMaps that are not among the manifests are taken as there */
  constructor(
    manifests: readonly Manifest[],
    readonly areAssumed = false,
  ) {
    for (const { kind, group, namespace = 'default', name, object } of manifests) {
      if (kind === 'Secret' && group === '') {
        const keys = [object.data, object.stringData].flatMap((data) => (isMapping(data) ? Object.keys(data) : []));
        this.keys.set(`${namespace}/${name}`, new Set(keys));
      } else if (kind === 'ConfigMap' && group === '') {
        const data = isMapping(object.data) ? Object.entries(object.data) : [];
        const texts = data.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []));
        this.data.set(`${namespace}/${name}`, new Map(texts));
      }
    }
    for (const { kind, group, namespace = 'default', name, object } of manifests) {
      const fields = MAKERS.get(`${group} ${kind}`);
      if (fields !== undefined) {
        const key = `${namespace}/${textAt(object.spec, fields) ?? name}`;
        this.keys.set(key, this.keys.get(key) ?? 'made');
      }
    }
  }

  /** The keys of a Secret, `NAMESPACE/NAME`; `undefined` where it is not among the manifests: Secrets are often kept apart. */
  keysOf(key: string): SecretKeys | undefined {
    return this.keys.get(key);
  }

  /** What a ConfigMap holds, `NAMESPACE/NAME`; `undefined` where it is not among the manifests. */
  dataOf(key: string): ReadonlyMap<string, string> | undefined {
    return this.data.get(key);
  }
}

function textAt(value: unknown, fields: readonly string[]): string | undefined {
  const found = fields.reduce<unknown>((inner, field) => (isMapping(inner) ? inner[field] : undefined), value);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
