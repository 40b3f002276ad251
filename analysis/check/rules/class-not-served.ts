import { IMPLEMENTATIONS } from '../../connectivity/exposure/implementations';
import type { Manifest, Path } from '../../manifest';
import { distanceOf, isNear } from '../../manifest/near';
import { KNOWN_CLASSES } from '../../routing/ingress-nginx/classes';
import { controllersOf } from '../../routing/ingress-nginx/controllers';
import { DEFAULT_SETTINGS } from '../../routing/ingress-nginx/settings';
import type { Facts } from '../facts/facts';
import { fieldOf, textOf } from '../facts/fields';
import { defineRule, type Found } from '../rule';

/** What the findings of `class-not-served` hold. */
export interface ClassNotServed {
  /** What is missing: the class of an Ingress or Gateway, or the controller of an IngressClass. */
  readonly missing: 'IngressClass' | 'GatewayClass' | 'controller';
  /** What is asked for. */
  readonly wanted: string;
  /** What is there instead, the nearest first. */
  readonly candidates: readonly string[];
  /** The candidate that differs in a letter; undefined where none does. */
  readonly near: string | undefined;
}

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/**
 * An Ingress or Gateway of a class that is not there though others are, or a class whose controller serves another one.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class
 */
export const rule = defineRule({
  code: 'class-not-served',
  severity: 'warning',
  reads: ['Ingress', 'IngressClass', 'Gateway', 'GatewayClass', 'workloads'],
  *check(facts: Facts): Generator<Found<ClassNotServed>> {
    const served = controllersOf(facts.manifests);
    const classes = facts.of('networking.k8s.io/IngressClass');
    const names = classes.map(({ name }) => name);
    const byAnnotation = [...names, ...served.map(({ ingressClass }) => ingressClass)];
    for (const manifest of facts.of('networking.k8s.io/Ingress')) {
      const wanted = textOf(fieldOf(manifest, 'spec', 'ingressClassName'));
      const old = manifest.annotations.get(CLASS_ANNOTATION);
      if (wanted !== undefined) {
        yield* missing(manifest, ['spec', 'ingressClassName'], 'IngressClass', wanted, names, KNOWN_CLASSES);
      } else if (old !== undefined && classes.length > 0) {
        const path = ['metadata', 'annotations', CLASS_ANNOTATION];
        yield* missing(manifest, path, 'IngressClass', old, byAnnotation, KNOWN_CLASSES);
      }
    }
    const gatewayClasses = facts.of('gateway.networking.k8s.io/GatewayClass').map(({ name }) => name);
    const known = new Set(IMPLEMENTATIONS.flatMap(({ classNames }) => classNames));
    for (const manifest of facts.of('gateway.networking.k8s.io/Gateway')) {
      const wanted = textOf(fieldOf(manifest, 'spec', 'gatewayClassName')) ?? '';
      yield* missing(manifest, ['spec', 'gatewayClassName'], 'GatewayClass', wanted, gatewayClasses, known);
    }
    const controllers = [...new Set(served.map(({ controllerClass }) => controllerClass))];
    for (const manifest of classes) {
      const wanted = textOf(fieldOf(manifest, 'spec', 'controller')) ?? '';
      const near = controllers.find((one) => isNear(one, wanted));
      // Of a class that is no class of ingress-nginx, its controllers say nothing.
      const isNginx = wanted === DEFAULT_SETTINGS.controllerClass || near !== undefined;
      if (isNginx && controllers.length > 0 && !controllers.includes(wanted)) {
        const args = { missing: 'controller', wanted, candidates: nearestFirst(controllers, wanted), near } as const;
        yield { manifest, path: ['spec', 'controller'], args };
      }
    }
  },
});

/** A name that differs in a letter from one that is there is a mistake; others may stand in other manifests. */
function* missing(
  manifest: Manifest,
  path: Path,
  kind: ClassNotServed['missing'],
  wanted: string,
  names: readonly string[],
  known: ReadonlySet<string>,
): Generator<Found<ClassNotServed>> {
  if (names.length === 0 || names.includes(wanted)) {
    return;
  }
  const candidates = nearestFirst(names, wanted);
  const near = candidates.find((name) => isNear(name, wanted));
  if (near !== undefined || !known.has(wanted)) {
    const args = { missing: kind, wanted, candidates, near };
    yield { manifest, path, args, ...(near === undefined ? { severity: 'info' } : {}) };
  }
}

function nearestFirst(names: readonly string[], wanted: string): readonly string[] {
  return [...new Set(names)].sort((one, other) => distanceOf(one, wanted) - distanceOf(other, wanted));
}
