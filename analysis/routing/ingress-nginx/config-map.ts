import type { Manifest } from '../../manifest';
import { isMapping, shown } from '../../manifest/value';
import { brief } from '../brief';
import type { Findings } from '../problems';
import { boolOf, intOf } from './annotation-values';
import { nearest } from './near-names';
import { isRisk, riskOf } from './risks';
import { DEFAULT_SETTINGS, type Settings, type Told } from './settings';
import { isHarmless } from './snippets';

/** The ConfigMap of a controller. */
export interface ConfigMap {
  /** `undefined` where it is not among the manifests. */
  readonly manifest: Manifest | undefined;
  readonly data: ReadonlyMap<string, string>;
}

/** The ConfigMap of a name, `NAMESPACE/NAME`. */
export function configMapOf(key: string, manifests: readonly Manifest[]): ConfigMap {
  const [namespace = 'default', name] = key.split('/');
  const manifest = manifests.find(
    (one) => one.kind === 'ConfigMap' && one.name === name && (one.namespace ?? 'default') === namespace,
  );
  const data = manifest?.object.data;
  const entries = isMapping(data) ? Object.entries(data) : [];
  // An API server takes texts only; what is meant can be told all the same.
  return {
    manifest,
    data: new Map(entries.flatMap(([field, value]) => (isScalar(value) ? [[field, String(value)]] : []))),
  };
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** A yes or no as the controller reads it there: an empty text is a no. */
function switchOf(text: string | undefined): boolean | undefined {
  return text === '' ? false : boolOf(text ?? '');
}

/** The settings of a ConfigMap that decide where requests go. */
export type ConfigSettings = Pick<
  Settings,
  | 'sslRedirect'
  | 'forceSslRedirect'
  | 'preserveTrailingSlash'
  | 'relativeRedirects'
  | 'redirectCode'
  | 'forwardedHeaders'
  | 'noTlsRedirectPaths'
  | 'unfollowed'
> & { readonly told: Omit<Told, 'validation'> };

/** Reads a ConfigMap. A value that the controller cannot read leaves its setting at the default. */
export function configSettings({ manifest, data }: ConfigMap): ConfigSettings {
  const bool = (name: string) => switchOf(data.get(name));
  const risk = data.get('annotations-risk-level');
  return {
    sslRedirect: bool('ssl-redirect') ?? DEFAULT_SETTINGS.sslRedirect,
    forceSslRedirect: bool('force-ssl-redirect') ?? DEFAULT_SETTINGS.forceSslRedirect,
    preserveTrailingSlash: bool('preserve-trailing-slash') ?? DEFAULT_SETTINGS.preserveTrailingSlash,
    relativeRedirects: bool('relative-redirects') ?? DEFAULT_SETTINGS.relativeRedirects,
    redirectCode: redirectCodeOf(data.get('http-redirect-code')) ?? DEFAULT_SETTINGS.redirectCode,
    forwardedHeaders: bool('use-forwarded-headers') ?? DEFAULT_SETTINGS.forwardedHeaders,
    noTlsRedirectPaths: pathsOf(data.get('no-tls-redirect-locations')) ?? DEFAULT_SETTINGS.noTlsRedirectPaths,
    unfollowed: unfollowedOf(data),
    told: {
      config: manifest !== undefined,
      riskLevel: risk === undefined ? undefined : riskOf(risk),
      snippets: bool('allow-snippet-annotations'),
      strictPaths: bool('strict-validate-path-type'),
      crossNamespace: bool('allow-cross-namespace-resources'),
      responseHeaders: data
        .get('global-allowed-response-headers')
        ?.split(',')
        .map((name) => name.trim()),
    },
  };
}

const SWITCHES = [
  'allow-cross-namespace-resources',
  'allow-snippet-annotations',
  'force-ssl-redirect',
  'preserve-trailing-slash',
  'relative-redirects',
  'ssl-redirect',
  'strict-validate-path-type',
  'use-forwarded-headers',
];

const FOLLOWED = [
  ...SWITCHES,
  'annotations-risk-level',
  'global-allowed-response-headers',
  'http-redirect-code',
  'no-tls-redirect-locations',
];

/** Settings that decide where requests go, and that answers only mention. */
const UNFOLLOWED = [
  'block-cidrs',
  'block-referers',
  'block-user-agents',
  'custom-http-errors',
  'denylist-source-range',
  'enable-modsecurity',
  'enable-underscores-in-headers',
  'global-auth-url',
  'http-snippet',
  'location-snippet',
  'main-snippet',
  'modsecurity-snippet',
  'server-snippet',
  'ssl-reject-handshake',
  'use-proxy-protocol',
  'whitelist-source-range',
];

/** The same, where the default is "true". */
const UNFOLLOWED_OFF = ['ignore-invalid-headers'];

function unfollowedOf(data: ReadonlyMap<string, string>): string[] {
  const isGiven = (name: string) => {
    const value = data.get(name) ?? '';
    return UNFOLLOWED_OFF.includes(name) ? boolOf(value) === false : value !== '' && boolOf(value) !== false;
  };
  return [...UNFOLLOWED, ...UNFOLLOWED_OFF].filter(isGiven).flatMap((name) => {
    const value = data.get(name) ?? '';
    const what = `${name} ${brief(value, name.endsWith('-snippet'))} of the controller's ConfigMap`;
    if (!ROUTING_SNIPPETS.includes(name)) {
      return [`${what} may change the answer`];
    }
    return isHarmless(value) ? [] : [`it cannot be said whether ${what} changes where the request goes`];
  });
}

/** Snippets that may send requests elsewhere. */
const ROUTING_SNIPPETS = ['http-snippet', 'location-snippet', 'main-snippet', 'server-snippet'];

/** Reports values of a ConfigMap that the controller cannot read, and names that are none of its settings but look like one. */
export function checkConfigMap({ manifest, data }: ConfigMap, findings: Findings): void {
  if (manifest === undefined) {
    return;
  }
  const written = manifest.object.data;
  for (const [name, value] of isMapping(written) ? Object.entries(written) : []) {
    if (typeof value !== 'string' && value !== null) {
      const text = isScalar(value)
        ? `, which is no text; give ${JSON.stringify(String(value))} in quotes`
        : '; give a text';
      findings.tolerable(manifest, ['data', name], 'bad-setting', `data.${name} is ${shown(value)}${text}`);
    }
  }
  const names = [...FOLLOWED, ...UNFOLLOWED, ...UNFOLLOWED_OFF];
  for (const [name, value] of data) {
    const wrong = (what: string) =>
      findings.tolerable(manifest, ['data', name], 'bad-setting', `data.${name} is ${JSON.stringify(value)}${what}`);
    const near = names.includes(name) ? undefined : nearest(name, names);
    if (near !== undefined && !data.has(near) && !OTHERS.has(name)) {
      wrong(`; ingress-nginx has no setting of that name, did you mean ${near}?`);
    } else if (SWITCHES.includes(name) && switchOf(value) === undefined) {
      wrong(', which counts as not given; give "true" or "false"');
    } else if (name === 'annotations-risk-level' && !isRisk(value)) {
      wrong(', for which Low is taken; give "Low", "Medium", "High" or "Critical"');
    } else if (name === 'http-redirect-code' && redirectCodeOf(value) === undefined) {
      wrong(', which counts as not given; give 301, 302, 307 or 308');
    }
  }
}

/** Settings of the controller that look much like those above. */
const OTHERS = new Set(['stream-snippet', 'whitelist-source-range', 'enable-modsecurity', 'proxy-redirect-to']);

function redirectCodeOf(text: string | undefined): number | undefined {
  const code = intOf(text ?? '');
  return code !== undefined && [301, 302, 307, 308].includes(code) ? code : undefined;
}

function pathsOf(text: string | undefined): readonly string[] | undefined {
  return text
    ?.split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '');
}
