import { boolOf } from './annotation-values';
import type { AnnotationReader } from './annotations';

/** Annotations that can change the answer, and what they can do. Names that end with `-` stand for all that begin so. */
const UNDECIDED: readonly (readonly [string, string])[] = [
  ['configuration-snippet', 'may change where the request goes'],
  ['server-snippet', 'may change where the request goes'],
  ['auth-url', 'asks another server first, which may refuse the request or send it to a login'],
  ['auth-type', 'asks for a password first'],
  ['auth-tls-secret', 'asks for a client certificate first'],
  ['whitelist-source-range', 'refuses clients of other addresses'],
  ['allowlist-source-range', 'refuses clients of other addresses'],
  ['denylist-source-range', 'refuses clients of some addresses'],
  ['limit-rps', 'refuses clients that send too many requests'],
  ['limit-rpm', 'refuses clients that send too many requests'],
  ['limit-connections', 'refuses clients with too many connections'],
  ['mirror-target', 'sends a copy of the request elsewhere'],
  ['custom-http-errors', 'replaces answers of the backend'],
];

/** The same, where the value has to be true. */
const SWITCHES: readonly (readonly [string, string])[] = [
  [
    'ssl-passthrough',
    'hands HTTPS to the Service of path "/" as it is, if the controller runs with --enable-ssl-passthrough',
  ],
  ['enable-cors', 'answers preflight requests (OPTIONS) without the backend'],
  ['enable-modsecurity', 'may refuse the request'],
];

/** What the annotations of an Ingress leave open, in words. */
export function undecidedBy(reader: AnnotationReader): {
  readonly undecided: readonly string[];
  readonly undecidedCanary: readonly string[];
} {
  const { namespace = 'default', name } = reader.manifest;
  const say = (annotation: string, what: string) => `${annotation} of Ingress ${namespace}/${name} ${what}`;
  const given = UNDECIDED.filter(([annotation]) => (reader.raw(annotation) ?? '') !== '');
  const on = SWITCHES.filter(([annotation]) => boolOf(reader.raw(annotation) ?? '') === true);
  const sticky =
    reader.raw('affinity') === 'cookie'
      ? [say('affinity', 'keeps a client that has a session cookie where it was, whatever the canary says')]
      : [];
  const hashed =
    (reader.raw('upstream-hash-by') ?? '') === ''
      ? []
      : [say('upstream-hash-by', 'keeps requests of one hash where they were, whatever the canary says')];
  return { undecided: [...given, ...on].map((entry) => say(...entry)), undecidedCanary: [...sticky, ...hashed] };
}
