import type { ApiObject } from 'cdk8s';
import { keepAnnotations } from './kept-annotations';
import { annotations, type Problems, record, shown } from './values';

const PREFIX = 'nginx.ingress.kubernetes.io/';

/**
 * Every annotation of ingress-nginx that this library writes.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 */
export interface NginxSettings {
  /** Whether HTTP is redirected to HTTPS, by 308. */
  readonly forceSslRedirect?: boolean;
  /** Whether the Ingress is the canary of another one. */
  readonly canary?: boolean;
  /** The header that decides: `always` and `never`, or the value or pattern that is given. */
  readonly canaryByHeader?: string;
  /** The value of the header that leads to the canary. */
  readonly canaryByHeaderValue?: string;
  /** A regular expression (PCRE) of the header's values that lead to the canary. */
  readonly canaryByHeaderPattern?: string;
  /** The cookie that decides by `always` and `never`. */
  readonly canaryByCookie?: string;
  /** The share of the canary in what nothing else decided, out of the total. */
  readonly canaryWeight?: number;
  /** What the weight is a share of. */
  readonly canaryWeightTotal?: number;
}

/** The key of each, after the prefix; and how a person asks for it by other means than the annotation. */
const KEYS: { readonly [setting in keyof Required<NginxSettings>]: readonly [key: string, instead: string] } = {
  forceSslRedirect: ['force-ssl-redirect', 'set httpsOnly of the exposure'],
  canary: ['canary', 'make a CanaryIngress'],
  canaryByHeader: ['canary-by-header', 'make a CanaryIngress with CanaryRule.header'],
  canaryByHeaderValue: ['canary-by-header-value', 'make a CanaryIngress with CanaryRule.header'],
  canaryByHeaderPattern: ['canary-by-header-pattern', 'make a CanaryIngress with CanaryRule.headerPattern'],
  canaryByCookie: ['canary-by-cookie', 'make a CanaryIngress with CanaryRule.cookie'],
  canaryWeight: ['canary-weight', 'make a CanaryIngress with CanaryRule.weight'],
  canaryWeightTotal: ['canary-weight-total', 'make a CanaryIngress with CanaryRule.weight'],
};

const OWN = new Map([
  // An API server refuses an Ingress that names its class twice.
  ['kubernetes.io/ingress.class', 'set className of the exposure'],
  ...Object.values(KEYS).map(([key, instead]) => [PREFIX + key, instead] as const),
]);

/** The annotations that say this to ingress-nginx. */
export function nginxAnnotations(settings: NginxSettings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(KEYS).flatMap(([setting, [key]]) => {
      const value = settings[setting as keyof NginxSettings];
      return value === undefined ? [] : [[PREFIX + key, String(value)]];
    }),
  );
}

/** Keeps later changes off what the library says in an Ingress: an annotation or patch that contradicts it fails synthesis. */
export function keepNginxAnnotations(ingress: ApiObject, settings: NginxSettings): void {
  keepAnnotations(ingress, nginxAnnotations(settings), OWN);
}

/** What is wrong with annotations that a person adds to an Ingress: one that the library writes is among them. */
export function addedAnnotations(what: string, value: unknown): Problems {
  const problems = record(what, value);
  if (problems.length > 0) {
    return problems;
  }
  const added = value as Record<string, unknown>;
  return [
    ...annotations(what, added),
    ...Object.entries(added).flatMap(([key, given]) => {
      const instead = OWN.get(key);
      return instead === undefined ? [] : [`${what}: "${key}" is ${shown(given)}; leave it out and ${instead}`];
    }),
  ];
}

/** What is wrong with annotations that a person adds to the Ingress of a canary, where the controller reads only its own. */
export function addedCanaryAnnotations(what: string, value: unknown): Problems {
  const problems = addedAnnotations(what, value);
  return problems.length > 0
    ? problems
    : Object.entries(value as Record<string, unknown>)
        .filter(([key]) => key.startsWith(PREFIX))
        .map(
          ([key, given]) =>
            `${what}: "${key}" is ${shown(given)}; the controller takes it from the main Ingress, give it there`,
        );
}
