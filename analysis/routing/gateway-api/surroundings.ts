import { NAME_LABEL, type NamespaceLabels } from '../../connectivity/model';
import type { Manifest } from '../../manifest';
import { Secrets } from '../secrets';

/** What Gateways look up among the manifests: the same for all of them, so that it is looked for once. */
export class Surroundings {
  readonly secrets: Secrets;
  /** The labels of the Namespaces that are among the manifests. */
  readonly labels: NamespaceLabels;

  constructor(manifests: readonly Manifest[]) {
    this.secrets = new Secrets(manifests);
    this.labels = new Map(
      manifests
        .filter(({ kind, group }) => kind === 'Namespace' && group === '')
        .map(({ name, labels }) => [name, new Map([...labels, [NAME_LABEL, name]])]),
    );
  }
}
