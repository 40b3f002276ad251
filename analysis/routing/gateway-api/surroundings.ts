import type { NamespaceLabels } from '../../connectivity/model';
import type { Manifest } from '../../manifest';
import { Secrets } from '../secrets';
import { labelsOfNamespaces } from './namespace-selected';

/** What Gateways look up among the manifests: the same for all of them, so that it is looked for once. */
export class Surroundings {
  readonly secrets: Secrets;
  /** The labels of the Namespaces that are among the manifests. */
  readonly labels: NamespaceLabels;

  constructor(manifests: readonly Manifest[]) {
    this.secrets = new Secrets(manifests);
    this.labels = labelsOfNamespaces(manifests);
  }
}
