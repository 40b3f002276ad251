import type { AnnotationReader } from './annotation-reader';
import { sentName } from './chain';

/** Who goes to a canary: header before cookie before weight. */
export interface CanaryPolicy {
  readonly weight: number;
  readonly weightTotal: number;
  /** As written; empty for none. */
  readonly header: string;
  readonly headerValue: string;
  readonly headerPattern: string;
  readonly cookie: string;
  /** Whether session cookies are of the main backend only, so that nobody is kept with the canary. */
  readonly isLegacy: boolean;
}

const RULES = [
  'canary-weight',
  'canary-by-header',
  'canary-by-header-value',
  'canary-by-header-pattern',
  'canary-by-cookie',
];

/** Annotations that a canary may have besides its rules. */
const OWN = /^(canary|load-balance|upstream-hash-by|(affinity|session-cookie-).*|canary-.*)$/;

/**
 * Reads the rules of a canary; `undefined` for an Ingress that is none.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary
 */
export function readCanary(reader: AnnotationReader): CanaryPolicy | undefined {
  const isCanary = reader.bool('canary') ?? false;
  const policy: CanaryPolicy = {
    weight: reader.int('canary-weight') ?? 0,
    weightTotal: reader.int('canary-weight-total') ?? 100,
    header: reader.text('canary-by-header') ?? '',
    headerValue: reader.text('canary-by-header-value') ?? '',
    headerPattern: reader.text('canary-by-header-pattern') ?? '',
    cookie: reader.text('canary-by-cookie') ?? '',
    isLegacy: reader.text('affinity-canary-behavior') === 'legacy',
  };
  if (!isCanary) {
    for (const name of RULES.filter((rule) => reader.raw(rule) !== undefined)) {
      reader.idle(name, `does nothing without ${reader.key('canary')}: "true"`);
    }
    return undefined;
  }
  noteIdle(reader, policy);
  return policy;
}

function noteIdle(reader: AnnotationReader, { header, headerValue, headerPattern, ...rest }: CanaryPolicy): void {
  if (header !== '' && sentName(header) === undefined) {
    const message = `is ${JSON.stringify(header)}; nginx drops headers whose names have other than letters, digits and "-"`;
    reader.idle('canary-by-header', message);
  }
  for (const name of ['canary-by-header-value', 'canary-by-header-pattern']) {
    if (header === '' && reader.raw(name) !== undefined) {
      reader.idle(name, 'does nothing without canary-by-header');
    }
  }
  if (header !== '' && headerValue !== '' && headerPattern !== '') {
    reader.idle('canary-by-header-pattern', 'does nothing beside canary-by-header-value');
  }
  if (rest.weightTotal < 100) {
    reader.idle('canary-weight-total', `is ${rest.weightTotal}; a total below 100 counts as 100`);
  }
  const total = Math.max(rest.weightTotal, 100);
  if (rest.weight < 0 || rest.weight > total) {
    reader.idle('canary-weight', `is ${rest.weight}; it counts as ${rest.weight < 0 ? 0 : total} of ${total}`);
  }
  for (const name of reader.names) {
    if (!OWN.test(name)) {
      reader.idle(name, 'is ignored on a canary; the main Ingress decides');
    }
  }
}
