import type { Manifest, Path } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { distanceOf } from '../../manifest/near';
import { keyOf } from '../../routing/gateway-api/choose';
import type { Facts } from '../facts/facts';
import { fieldAt, fieldOf, textOf } from '../facts/fields';
import type { GatewayNote } from '../facts/gateway-note';
import { gatewayFacts } from '../facts/gateways';
import { nearParents } from '../facts/near-parents';
import { defineRule, type Found } from '../rule';

/** What the findings of `listener-not-served` hold. */
export interface ListenerNotServed {
  /** Why, in words: of the listener, or of the ListenerSet. */
  readonly why: string;
  /** The Secret that is not there, `NAMESPACE/NAME`; undefined where something else is wrong. */
  readonly secret: string | undefined;
  /** The Gateway of a ListenerSet that is not there, `Gateway infra/web`; undefined where something else is wrong. */
  readonly gateway: string | undefined;
  /** What a Gateway would have to allow for the ListenerSet. */
  readonly allow: 'namespace' | 'labels' | 'unknown' | undefined;
  /**
   * Secrets with a certificate that are there in that namespace, the one with the nearest name first; or Gateways that may be
   * meant.
   */
  readonly candidates: readonly string[];
}

/**
 * A listener that no Gateway would serve: its certificate is not there or may not be used, or it conflicts with another.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#listenerconditionreason
 */
export const rule = defineRule({
  code: 'listener-not-served',
  severity: 'error',
  reads: ['Gateway', 'ListenerSet', 'ReferenceGrant', 'Secret', 'Certificate'],
  *check(facts: Facts): Generator<Found<ListenerNotServed>> {
    for (const note of facts.once(gatewayFacts).listeners) {
      if (note.code === 'not-served') {
        yield notServed(facts, note);
      } else if (note.code === 'no-secret') {
        yield* withoutSecret(facts, note);
      }
    }
  },
});

function notServed(facts: Facts, { manifest, path, message, reason }: GatewayNote): Found<ListenerNotServed> {
  const isMissing = reason === 'parent-missing';
  const near = isMissing ? nearParents(facts, message) : [];
  const isOpen = reason === 'namespace-unknown';
  return {
    manifest,
    path,
    args: {
      why: message,
      secret: undefined,
      gateway: isMissing ? message : undefined,
      allow:
        reason === 'namespace'
          ? 'namespace'
          : reason === 'namespace-selector'
            ? 'labels'
            : isOpen
              ? 'unknown'
              : undefined,
      candidates: near.map(keyOf),
    },
    related: near.slice(0, 1).map((one) => ({ role: 'nearest', manifest: one, path: ['metadata', 'name'] })),
    // Gateways and namespaces may stand in other manifests.
    ...(near.length > 0 ? { severity: 'warning' } : isMissing || isOpen ? { severity: 'info' } : {}),
  };
}

/** Secrets are often kept apart from other manifests: what is missing is told only where others of its kind are there. */
function* withoutSecret(facts: Facts, { manifest, path, message }: GatewayNote): Generator<Found<ListenerNotServed>> {
  const [{ namespace, name }, secrets] = [secretAt(manifest, path), facts.once(certificates)];
  const there = secrets.get(namespace) ?? [];
  if (there.length > 0) {
    const candidates = [...there].sort((one, other) => distanceOf(one, name) - distanceOf(other, name));
    const what = { gateway: undefined, allow: undefined };
    const args = { why: message, secret: `${namespace}/${name}`, ...what, candidates };
    yield { manifest, path, args, severity: 'warning' };
  }
}

function secretAt(manifest: Manifest, path: Path) {
  const ref = fieldAt(manifest, path);
  return {
    namespace: textOf(ref.get('namespace')) ?? manifest.namespace ?? 'default',
    name: textOf(ref.get('name')) ?? '',
  };
}

/** The names of the Secrets with a certificate, by namespace: those that are there, and those that cert-manager makes. */
function certificates(facts: Facts): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = ({ namespace = 'default' }: Manifest, name: string | undefined) => {
    if (name !== undefined) {
      listIn(found, namespace).push(name);
    }
  };
  for (const manifest of facts.of('/Secret')) {
    add(manifest, fieldOf(manifest, 'type').value === 'kubernetes.io/tls' ? manifest.name : undefined);
  }
  for (const manifest of facts.of('cert-manager.io/Certificate')) {
    add(manifest, textOf(fieldOf(manifest, 'spec', 'secretName')));
  }
  return found;
}
