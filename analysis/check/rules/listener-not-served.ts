import type { Manifest, Path } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { distanceOf } from '../../manifest/near';
import type { Facts } from '../facts/facts';
import { fieldAt, fieldOf, textOf } from '../facts/fields';
import { type GatewayNote, gatewayFacts } from '../facts/gateways';
import { defineRule, type Found } from '../rule';

/** What the findings of `listener-not-served` hold. */
export interface ListenerNotServed {
  /** Why, in words: of the listener, or of the ListenerSet. */
  readonly why: string;
  /** The Secret that is not there, `NAMESPACE/NAME`; undefined where something else is wrong. */
  readonly secret: string | undefined;
  /** Secrets with a certificate that are there in that namespace, the one with the nearest name first. */
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
        const { manifest, path, message } = note;
        yield { manifest, path, args: { why: message, secret: undefined, candidates: [] } };
      } else if (note.code === 'no-secret') {
        yield* withoutSecret(facts, note);
      }
    }
  },
});

/** Secrets are often kept apart from other manifests: what is missing is told only where others of its kind are there. */
function* withoutSecret(facts: Facts, { manifest, path, message }: GatewayNote): Generator<Found<ListenerNotServed>> {
  const [{ namespace, name }, secrets] = [secretAt(manifest, path), facts.once(certificates)];
  const there = secrets.get(namespace) ?? [];
  if (there.length > 0) {
    const candidates = [...there].sort((one, other) => distanceOf(one, name) - distanceOf(other, name));
    const args = { why: message, secret: `${namespace}/${name}`, candidates };
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
