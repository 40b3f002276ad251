import type { Cluster, Explanation, Peer, PolicyRef } from '../../connectivity';
import { isExternal } from '../../connectivity';
import type { Manifest } from '../../manifest';
import { isSame, meaningOf } from '../../manifest/distinct';
import type { ChangedObject } from './change';

/** Objects of two sides, and which of them changed. */
export class Changes {
  private readonly before: ReadonlyMap<string, Manifest>;
  private readonly after: ReadonlyMap<string, Manifest>;

  constructor(before: readonly Manifest[], after: readonly Manifest[]) {
    this.before = byName(before);
    this.after = byName(after);
  }

  /** What changed of an object; undefined where nothing did, or it is on neither side. */
  of(kind: string, namespace: string | undefined, name: string): ChangedObject | undefined {
    const key = keyOf(kind, namespace, name);
    const [old, changed] = [this.before.get(key), this.after.get(key)];
    const manifest = changed ?? old;
    if (manifest === undefined || (old !== undefined && changed !== undefined && isUnchanged(old, changed))) {
      return undefined;
    }
    return {
      object: key,
      change: old === undefined ? 'added' : changed === undefined ? 'removed' : 'changed',
      file: manifest.source.file,
      line: manifest.source.line,
    };
  }
}

/** The policies that have a say in a connection on either side and that changed; without any, what else of its ends did. */
export function becauseOf(
  before: Cluster,
  after: Cluster,
  changes: Changes,
  from: { readonly before: Peer; readonly after: Peer },
  to: { readonly before: Peer; readonly after: Peer },
): readonly ChangedObject[] {
  const explanations = [before.explain(from.before, to.before), after.explain(from.after, to.after)];
  const found = new Map<string, ChangedObject>();
  for (const { kind, namespace, name } of explanations.flatMap(policiesIn)) {
    const changed = changes.of(kind, namespace, name);
    if (changed !== undefined) {
      found.set(changed.object, changed);
    }
  }
  return found.size > 0 ? [...found.values()] : [from.after, to.after].flatMap((peer) => endOf(peer, changes));
}

/** A pair may change since the labels of a workload, or of its namespace, do. */
function endOf(peer: Peer, changes: Changes): readonly ChangedObject[] {
  return isExternal(peer)
    ? []
    : [changes.of(peer.kind, peer.namespace, peer.name), changes.of('Namespace', undefined, peer.namespace)].filter(
        (changed) => changed !== undefined,
      );
}

function policiesIn({ egress, ingress }: Explanation): readonly PolicyRef[] {
  return [...egress.policies, ...ingress.policies];
}

function byName(manifests: readonly Manifest[]): ReadonlyMap<string, Manifest> {
  return new Map(manifests.map((manifest) => [keyOf(manifest.kind, manifest.namespace, manifest.name), manifest]));
}

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  const isCluster = kind === 'Namespace' || namespace === undefined;
  return `${kind} ${isCluster ? '' : `${namespace}/`}${name}`;
}

function isUnchanged(old: Manifest, changed: Manifest): boolean {
  return isSame(meaningOf(old), meaningOf(changed));
}
