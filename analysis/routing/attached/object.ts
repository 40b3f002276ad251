import type { Manifest } from '../../manifest';
import { brief } from '../brief';
import { nameOf } from '../problems';
import { sortedText } from '../sorted-text';
import { mayCount } from './annotations';
import type { Target } from './targets';

/** Something that may change what becomes of requests in ways that are not evaluated. */
export interface AttachedObject {
  /** What it is compared by: the same for the same thing on either side. */
  readonly key: string;
  readonly kind: string;
  readonly namespace: string;
  readonly spec: unknown;
  /** E.g. `SecurityPolicy shop/auth`. */
  readonly name: string;
  /** Behind its name, e.g. `is attached to HTTPRoute shop/web`. */
  readonly why: string;
  /** The same text for what has the same effect. */
  readonly text: string;
  /** The same in short, e.g. `(212 characters, fingerprint 0f3a…)`. */
  readonly says: string;
  readonly file: string;
  /** From 1; 0 where there is no line. */
  readonly line: number;
  /** What it is for; empty where it is for no route, Gateway or Service in particular. */
  readonly targets: readonly Target[];
  /** Whether it is the Service to which a route leads: what becomes of one that is missing, answers tell. */
  readonly isBackend: boolean;
  /** Whether it is for requests itself, not only named by what is. */
  readonly isPolicy: boolean;
  /** Whether it belongs to Gateways only, so that an ingress controller has nothing to compare with it. */
  readonly isOfGateway: boolean;
}

/** An object as a thing that is compared as a whole. */
export function attachedObject(
  manifest: Manifest,
  why: string,
  parts: Partial<Pick<AttachedObject, 'text' | 'targets' | 'isBackend' | 'isPolicy'>> = {},
): AttachedObject {
  const { text = textOf(manifest), targets = [], isBackend = false, isPolicy = false } = parts;
  return {
    key: `${manifest.group}/${manifest.kind}/${manifest.namespace ?? 'default'}/${manifest.name}`,
    kind: manifest.kind,
    namespace: manifest.namespace ?? 'default',
    spec: manifest.object.spec,
    name: nameOf(manifest),
    why,
    text,
    says: brief(text, true),
    file: manifest.source.file,
    line: manifest.source.line,
    targets,
    isBackend,
    isPolicy,
    isOfGateway: false,
  };
}

/** What an object says, without its place, its version and what a server adds; some annotations say nothing either. */
function textOf({ object, annotations }: Manifest): string {
  const { apiVersion: _, kind: __, metadata: ___, status: ____, ...rest } = object;
  return sortedText({ ...rest, annotations: Object.fromEntries([...annotations].filter(([key]) => mayCount(key))) });
}
