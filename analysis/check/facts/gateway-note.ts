import type { Manifest, Path } from '../../manifest';
import type { NotServedReason, RoutingNote } from '../../routing/problems';

/** Something that the Gateway API's reader notes, with its manifest. */
export interface GatewayNote {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly code: RoutingNote['code'];
  /** In the words of routing answers; only the parent where this is not among the manifests. */
  readonly message: string;
  readonly reason: NotServedReason | undefined;
  /** The Gateway that was asked, `namespace/name`; undefined where it is not among the manifests. */
  readonly gateway: string | undefined;
}
