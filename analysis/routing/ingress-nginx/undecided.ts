import { brief } from '../brief';
import type { AnnotationReader } from './annotation-reader';
import { boolOf, textOf } from './annotation-values';
import { configMapUses } from './config-map-uses';
import { riskDoubts } from './risks';
import { secretUses } from './secret-uses';
import { isHarmless } from './snippets';

/** An annotation that can change the answer, what it can do, and those that have a say in it. */
type Undecided = readonly [annotation: string, what: string, ...companions: string[]];

/** What a snippet may do. */
const CHANGES = 'changes where the request goes';

const LIMITS = ['limit-burst-multiplier', 'limit-allowlist', 'limit-whitelist'];

const UNDECIDED: readonly Undecided[] = [
  ['configuration-snippet', CHANGES],
  ['server-snippet', CHANGES],
  [
    'auth-url',
    'asks another server first, which may refuse the request or send it to a login',
    'auth-method',
    'auth-signin',
    'auth-snippet',
    'satisfy',
  ],
  ['auth-type', 'asks for a password first', 'auth-secret', 'auth-secret-type', 'satisfy'],
  [
    'auth-tls-secret',
    'asks for a client certificate first',
    'auth-tls-verify-client',
    'auth-tls-verify-depth',
    'auth-tls-match-cn',
    'auth-tls-error-page',
  ],
  ['whitelist-source-range', 'refuses clients of other addresses', 'satisfy'],
  ['allowlist-source-range', 'refuses clients of other addresses', 'satisfy'],
  ['denylist-source-range', 'refuses clients of some addresses', 'satisfy'],
  ['limit-rps', 'refuses clients that send too many requests', ...LIMITS],
  ['limit-rpm', 'refuses clients that send too many requests', ...LIMITS],
  ['limit-connections', 'refuses clients with too many connections', ...LIMITS],
  ['mirror-target', 'sends a copy of the request elsewhere', 'mirror-host'],
  ['custom-http-errors', 'replaces answers of the backend', 'default-backend', 'disable-proxy-intercept-errors'],
];

const SNIPPETS = ['configuration-snippet', 'server-snippet', 'auth-snippet', 'modsecurity-snippet'];

/** The same, where the value has to be true. */
const SWITCHES: readonly Undecided[] = [
  ['enable-cors', 'answers preflight requests (OPTIONS) without the backend', 'cors-allow-origin'],
  ['enable-modsecurity', 'may refuse the request', 'enable-owasp-core-rules', 'modsecurity-snippet'],
];

/** Of session cookies, what decides which client keeps its backend. */
const AFFINITY = ['affinity-mode', 'session-cookie-name', 'session-cookie-path', 'session-cookie-domain'];

/** What the annotations of an Ingress leave open, in words. */
export function undecidedBy(reader: AnnotationReader): readonly string[] {
  const { namespace = 'default', name } = reader.manifest;
  const isOff = reader.settings.allowsSnippets === false;
  for (const snippet of isOff && reader.dropped === undefined
    ? SNIPPETS.filter((one) => reader.raw(one) !== undefined)
    : []) {
    reader.idle(snippet, 'does nothing, as allow-snippet-annotations of the controller is off');
  }
  const given = UNDECIDED.filter(
    ([annotation]) => (reader.raw(annotation) ?? '') !== '' && !(isOff && SNIPPETS.includes(annotation)),
  );
  const on = [...passthroughOf(reader), ...SWITCHES].filter(
    ([annotation]) => boolOf(reader.raw(annotation) ?? '') === true,
  );
  const uses = [...secretUses(reader), ...configMapUses(reader)];
  const doubts = new Map(uses.map(({ annotation, doubt }) => [annotation, doubt]));
  const of = (annotation: string, companions: readonly string[], what: string) =>
    `${shown(reader, annotation, companions)} of Ingress ${namespace}/${name} ${what}`;
  const open = (annotation: string) => {
    const doubt = doubts.get(NAMING.get(annotation) ?? annotation);
    return doubt === undefined ? '' : `, or answers 503: ${doubt}`;
  };
  const others = OTHERS.filter(([annotation]) => open(annotation) !== '');
  return [
    ...riskDoubts(reader),
    ...[...given, ...on].map(([annotation, what, ...companions]) => {
      const text = of(annotation, companions, what);
      if (what.startsWith(PASSTHROUGH)) {
        return `it cannot be said whether ${text}`;
      }
      if (what !== CHANGES) {
        return `${text}${open(annotation)}`;
      }
      return isHarmless(reader.raw(annotation) ?? '')
        ? of(annotation, companions, 'changes answers and how they are sent, and not where the request goes')
        : `it cannot be said whether ${text}`;
    }),
    ...others.map(([annotation, what]) => `${of(annotation, [], what)}${open(annotation)}`),
  ];
}

/** Annotations that go with others, which name a Secret or a ConfigMap. */
const NAMING = new Map([
  ['auth-type', 'auth-secret'],
  ['auth-url', 'auth-proxy-set-headers'],
]);

/** What is said only where it is open whether it can be done. */
const OTHERS: readonly Undecided[] = [
  ['proxy-ssl-secret', 'is shown to the backend'],
  ['custom-headers', 'sets headers of answers'],
];

const PASSTHROUGH = 'hands HTTPS to the Service of path "/" as it is';

/** What becomes of TLS that is to be handed on. */
function passthroughOf(reader: AnnotationReader): readonly Undecided[] {
  const { sslPassthrough } = reader.settings;
  if (sslPassthrough === false) {
    if (reader.bool('ssl-passthrough') === true) {
      reader.idle('ssl-passthrough', 'does nothing, as the controller runs without --enable-ssl-passthrough');
    }
    return [];
  }
  const why = sslPassthrough === true ? 'whatever its path' : 'as it does with --enable-ssl-passthrough';
  return [['ssl-passthrough', `${PASSTHROUGH}, ${why}`]];
}

/** The session cookie that an Ingress asks for; `undefined` for none. */
export function affinityOf(reader: AnnotationReader): string | undefined {
  return textOf(reader.raw('affinity') ?? '') === 'cookie' ? shown(reader, 'affinity', AFFINITY) : undefined;
}

/** An annotation with its value, and its companions with theirs. */
function shown(reader: AnnotationReader, annotation: string, companions: readonly string[]): string {
  const one = (name: string) => `${name} ${brief(reader.raw(name) ?? '', name.endsWith('-snippet'))}`;
  const others = companions.filter((name) => reader.raw(name) !== undefined).map(one);
  return `${one(annotation)}${others.length === 0 ? '' : ` with ${others.join(', ')}`}`;
}
