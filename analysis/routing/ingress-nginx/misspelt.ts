import type { Manifest } from '../../manifest';
import type { Findings } from '../problems';
import { KNOWN_ANNOTATIONS, REMOVED_ANNOTATIONS } from './known-annotations';
import { nearest } from './near-names';

/** Annotations of the controller that somebody meant, and what stands there instead. */
export interface Misspelt {
  readonly key: string;
  /** What is probably meant, with prefix; `undefined` where nothing comes near. */
  readonly meant: string | undefined;
  /** Whether an earlier release read it. */
  readonly isRemoved: boolean;
}

/** The prefix of old, which ingress-nginx no longer reads. */
const OLD_PREFIX = 'ingress.kubernetes.io';

/** The prefix of a controller that is not told another one. */
const USUAL_PREFIX = 'nginx.ingress.kubernetes.io';

/** The annotations of an Ingress that look like those of ingress-nginx and are none. */
export function misspeltAnnotations({ annotations }: Manifest, prefix: string): readonly Misspelt[] {
  return [...annotations.keys()].flatMap((key): Misspelt[] => {
    const at = key.indexOf('/');
    const [own, name] = at < 0 ? ['', key] : [key.slice(0, at), key.slice(at + 1)];
    if (own === prefix) {
      return KNOWN_ANNOTATIONS.has(name)
        ? []
        : [{ key, meant: prefixed(prefix, knownAs(name)), isRemoved: REMOVED_ANNOTATIONS.has(name) }];
    }
    if (!isNearPrefix(own, prefix)) {
      return [];
    }
    // Other controllers read the old prefix as well, so that only names of this one count there.
    const known = own === OLD_PREFIX ? (KNOWN_ANNOTATIONS.has(name) ? name : undefined) : knownAs(name);
    const meant = prefixed(prefix, known);
    return meant === undefined || annotations.has(meant) ? [] : [{ key, meant, isRemoved: false }];
  });
}

function knownAs(name: string): string | undefined {
  return KNOWN_ANNOTATIONS.has(name) ? name : nearest(name, KNOWN_ANNOTATIONS.keys());
}

function prefixed(prefix: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : `${prefix}/${name}`;
}

function isNearPrefix(own: string, prefix: string): boolean {
  return own === OLD_PREFIX || own === USUAL_PREFIX || nearest(own, [prefix]) !== undefined;
}

/** Reports annotations that look like those of ingress-nginx and are none. */
export function checkNamesOfAnnotations(manifest: Manifest, prefix: string, findings: Findings): void {
  for (const { key, meant, isRemoved } of misspeltAnnotations(manifest, prefix)) {
    const at = ['metadata', 'annotations', key];
    if (isRemoved) {
      findings.note(manifest, at, 'no-effect', `${key} does nothing: ingress-nginx has given it up`);
    } else if (meant === undefined) {
      findings.note(manifest, at, 'no-effect', `${key} is none of the annotations that ingress-nginx reads`);
    } else {
      const message = `annotation ${key} is none that ingress-nginx reads; did you mean ${meant}?`;
      findings.tolerable(manifest, at, 'unknown-annotation', message);
    }
  }
}
