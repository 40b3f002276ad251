import type { Manifest } from '../../manifest';
import { isMapping } from '../../manifest/value';

/** Finds the objects that other objects name. */
export class References {
  private readonly byName = new Map<string, Manifest>();

  constructor(manifests: readonly Manifest[]) {
    for (const manifest of manifests) {
      const { kind, namespace = 'default', name } = manifest;
      this.byName.set(`${kind} ${namespace}/${name}`, manifest);
    }
  }

  /** The object of a kind with a name. */
  find(kind: string, namespace: string, name: string): Manifest | undefined {
    return this.byName.get(`${kind} ${namespace}/${name}`);
  }

  /**
   * The objects that a value inside of a manifest names: by a mapping with `name`, where a kind is not given those that may be
   * meant, and by the values of fields such as `secretName`.
   *
   * @param skipped fields that are not looked into
   */
  namedBy(owner: Manifest, value: unknown, skipped: ReadonlySet<string> = NOTHING): readonly Manifest[] {
    const found = new Set<Manifest>();
    const home = owner.namespace ?? 'default';
    const add = (kinds: readonly string[], namespace: string, name: string) => {
      for (const kind of kinds) {
        const manifest = this.find(kind, namespace, name);
        if (manifest !== undefined && manifest !== owner) {
          found.add(manifest);
        }
      }
    };
    const walk = (one: unknown, key: string): void => {
      if (typeof one === 'string') {
        const kind = KINDS.find(([ending]) => ending.test(key))?.[1];
        if (kind !== undefined) {
          add([kind], home, one);
        }
      } else if (Array.isArray(one)) {
        for (const item of one) {
          walk(item, key);
        }
      } else if (isMapping(one)) {
        const { kind, name, namespace } = one;
        if (typeof name === 'string') {
          const kinds = typeof kind === 'string' ? [kind] : [...likely(key), owner.kind];
          add(kinds, typeof namespace === 'string' && namespace !== '' ? namespace : home, name);
        }
        for (const [inner, member] of Object.entries(one)) {
          if (!skipped.has(inner)) {
            walk(member, inner);
          }
        }
      }
    };
    walk(value, '');
    return [...found];
  }

  /** The Secrets and ConfigMaps that annotations name, as `NAME` or `NAMESPACE/NAME`. */
  namedByAnnotations({ annotations, namespace: home = 'default' }: Manifest): readonly Manifest[] {
    return [...annotations.values()].flatMap((value) => {
      const [, namespace = home, name = ''] = /^(?:([a-z0-9.-]+)\/)?([a-z0-9.-]+)$/.exec(value) ?? [];
      return ['Secret', 'ConfigMap'].flatMap((kind) => this.find(kind, namespace, name) ?? []);
    });
  }
}

const NOTHING: ReadonlySet<string> = new Set();

/** Fields whose text is a name. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/secret(Name|Ref)?$/i, 'Secret'],
  [/config_?map(Name|Ref)?$/i, 'ConfigMap'],
  [/service(Name)?$/i, 'Service'],
];

/** The kinds that a mapping with a name and without kind may mean, by the field that holds it. */
function likely(key: string): readonly string[] {
  return /backendRefs?$|services?$/i.test(key) ? ['Service'] : ['Secret', 'ConfigMap', 'Middleware'];
}
