import { brief } from '../brief';
import type { AnnotationReader } from './annotation-reader';
import { boolOf, textOf } from './annotation-values';
import { CLIENT_CERTIFICATE } from './client-certificates';
import { configMapUses } from './config-map-uses';
import { riskDoubts } from './risks';
import { secretUses } from './secret-uses';
import { isHarmless } from './snippets';

/** An annotation that can change the answer, what it can do, and those that have a say in it. */
type Undecided = readonly [annotation: string, what: string, ...companions: string[]];

/** What a snippet may do. */
const CHANGES = 'changes where the request goes';

const LIMIT_LISTS = ['limit-allowlist', 'limit-whitelist'];
const LIMITS = ['limit-burst-multiplier', ...LIMIT_LISTS];
const LIMITED = ['limit-rps', 'limit-rpm', 'limit-connections'];

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

/**
 * What the annotations of an Ingress leave open, in words.
 *
 * @param isDenied whether its paths answer 503 whatever is asked for: nothing but what comes before them is open then
 */
export function undecidedBy(reader: AnnotationReader, isDenied: boolean): readonly string[] {
  const { namespace = 'default', name } = reader.manifest;
  const isOff = reader.settings.allowsSnippets === false;
  for (const snippet of isOff && reader.dropped === undefined
    ? SNIPPETS.filter((one) => reader.raw(one) !== undefined)
    : []) {
    reader.idle(snippet, 'does nothing, as allow-snippet-annotations of the controller is off');
  }
  const isMeant = meantIn(reader);
  const on = [...passthroughOf(reader), ...SWITCHES].filter(
    ([annotation]) => boolOf(reader.raw(annotation) ?? '') === true,
  );
  const uses = new Map([...secretUses(reader), ...configMapUses(reader)].map((use) => [use.annotation, use]));
  const useOf = (annotation: string) => uses.get(NAMING.get(annotation) ?? annotation);
  const say = ([annotation, what, ...companions]: Undecided) => {
    const text = `${shown(reader, annotation, companions)} of Ingress ${namespace}/${name} ${what}`;
    const { doubt, assumed } = useOf(annotation) ?? {};
    return doubt === undefined
      ? { text: assumed === undefined ? text : `${text}; ${assumed} is not among the manifests, and taken as there` }
      : { text: `${text}, or answers 503: ${doubt}`, isOpen: true };
  };
  // Whole hosts are refused then, of which more is said elsewhere.
  const isRefused = (annotation: string) =>
    annotation === CLIENT_CERTIFICATE && [useOf(annotation)?.doubt, useOf(annotation)?.denial].some(Boolean);
  const given = UNDECIDED.filter(
    ([annotation]) => isMeant(annotation) && !isRefused(annotation) && !(isOff && SNIPPETS.includes(annotation)),
  );
  const others = OTHERS.filter(([annotation]) => {
    const { doubt, assumed } = useOf(annotation) ?? {};
    return doubt !== undefined || assumed !== undefined;
  });
  const isSaid = ([annotation, what]: Undecided) =>
    !isDenied || annotation === 'server-snippet' || what.startsWith(PASSTHROUGH);
  const all = [...given, ...on, ...others].filter(isSaid).map((one) => {
    const [annotation, what, ...companions] = one;
    const isHarmful = what === CHANGES && !isHarmless(reader.raw(annotation) ?? '');
    const { text, isOpen = false } = say(what === CHANGES && !isHarmful ? [annotation, HARMLESS, ...companions] : one);
    return isOpen || isHarmful || what.startsWith(PASSTHROUGH) ? `it cannot be said whether ${text}` : text;
  });
  return [...riskDoubts(reader), ...all];
}

const HARMLESS = 'changes answers and how they are sent, and not where the request goes';

/** Tells whether an annotation is given with a value that does something. */
function meantIn(reader: AnnotationReader): (annotation: string) => boolean {
  // The limits are read with the addresses that are free of them, or not at all.
  const isUnlimited = LIMIT_LISTS.some((list) => (reader.raw(list) ?? '') !== '' && reader.valid(list) === undefined);
  return (annotation) => {
    const value = reader.raw(annotation) ?? '';
    return LIMITED.includes(annotation)
      ? !isUnlimited && (reader.int(annotation) ?? 0) > 0
      : value !== '' && reader.valid(annotation) !== undefined;
  };
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
  const others = companions.filter((name) => reader.valid(name) !== undefined).map(one);
  return `${one(annotation)}${others.length === 0 ? '' : ` with ${others.join(', ')}`}`;
}
