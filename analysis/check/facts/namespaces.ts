import { LabelIndex } from '../../connectivity/engine/label-index';
import { labelsOfNamespace, NAME_LABEL } from '../../connectivity/model';
import { readLabels } from '../../connectivity/read/labels';
import { type Selector, selectorKey } from '../../connectivity/selector';
import type { Manifest } from '../../manifest';
import { fieldOf } from './fields';

/** The namespaces that manifests declare, and those in which objects of theirs stand. */
export class Namespaces {
  /** The manifests of those that are declared, by name. */
  readonly declared: ReadonlyMap<string, Manifest>;
  /** All names, in order of appearance. */
  readonly names: readonly string[];

  private readonly labels: ReadonlyMap<string, ReadonlyMap<string, string>>;
  private readonly selected = new Map<string, ReadonlySet<string>>();
  private index: { readonly keys: ReadonlySet<string>; readonly labels: LabelIndex } | undefined;

  constructor(manifests: readonly Manifest[]) {
    const own = manifests.filter(({ kind, group }) => kind === 'Namespace' && group === '');
    this.declared = new Map(own.map((manifest) => [manifest.name, manifest]));
    this.labels = new Map(
      own.map((manifest) => [
        manifest.name,
        new Map([...readLabels(fieldOf(manifest, 'metadata', 'labels')), [NAME_LABEL, manifest.name]]),
      ]),
    );
    const namespaced = manifests.filter(({ kind }) => kind !== 'Namespace');
    this.names = [...new Set([...this.declared.keys(), ...namespaced.map(({ namespace = 'default' }) => namespace)])];
  }

  /** The labels of a namespace; of one that is not declared, the one label that Kubernetes gives to each. */
  labelsOf(name: string): ReadonlyMap<string, string> {
    return labelsOfNamespace(this.labels, name);
  }

  /** The names of the namespaces that a selector means, as far as their labels are known. */
  select(selector: Selector): ReadonlySet<string> {
    const key = selectorKey(selector);
    let found = this.selected.get(key);
    if (found === undefined) {
      found = new Set(
        this.indexFor(selector)
          .select(selector)
          .map((id) => this.names[id] as string),
      );
      this.selected.set(key, found);
    }
    return found;
  }

  private indexFor(selector: Selector): LabelIndex {
    const wanted = selector.map(({ key }) => key);
    if (this.index === undefined || wanted.some((key) => !this.index?.keys.has(key))) {
      const keys = new Set([...(this.index?.keys ?? []), ...wanted]);
      this.index = {
        keys,
        labels: new LabelIndex(
          this.names.map((name) => this.labelsOf(name)),
          keys,
        ),
      };
    }
    return this.index.labels;
  }
}
