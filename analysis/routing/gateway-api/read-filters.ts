import { isMapping } from '../../manifest/value';
import type { Cursor } from '../cursor';
import { sortedText } from '../sorted-text';
import type { PathModifier, RequestRedirect, UrlRewrite } from './objects';
import { readHostname, settingsText } from './values';

/** What the filters of a rule or of a backend come to. */
export interface Filters {
  readonly redirect: RequestRedirect | undefined;
  readonly rewrite: UrlRewrite | undefined;
  /** What the others do, which says nothing of where requests go. */
  readonly settings: readonly string[];
}

/** The fields of the filters by their types. */
const FIELDS = new Map([
  ['RequestHeaderModifier', 'requestHeaderModifier'],
  ['ResponseHeaderModifier', 'responseHeaderModifier'],
  ['RequestMirror', 'requestMirror'],
  ['RequestRedirect', 'requestRedirect'],
  ['URLRewrite', 'urlRewrite'],
  ['ExtensionRef', 'extensionRef'],
  ['CORS', 'cors'],
  ['ExternalAuth', 'externalAuth'],
]);
const TYPES = [...FIELDS.keys()];
const NO_FILTERS: Filters = { redirect: undefined, rewrite: undefined, settings: [] };
const REPEATABLE = new Set(['RequestMirror', 'ExtensionRef']);

/**
 * Reads filters with the checks of an API server.
 *
 * @param hasPrefix whether the rule has one match, a PathPrefix: only then a prefix can be replaced
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproutefilter
 */
export function readFilters(list: Cursor, hasPrefix: boolean): Filters {
  if (!list.isGiven) {
    return NO_FILTERS;
  }
  const seen = new Set<string>();
  const all: string[] = [];
  let redirect: RequestRedirect | undefined;
  let rewrite: UrlRewrite | undefined;
  for (const item of list.items(16)) {
    const typeField = item.mapping().get('type');
    const type = typeField.choice('bad-filter', TYPES, undefined);
    if (type === undefined) {
      continue;
    }
    if (seen.has(type) && !REPEATABLE.has(type)) {
      typeField.wrong('bad-filter', `is ${JSON.stringify(type)} again; give it once`);
      continue;
    }
    seen.add(type);
    const settings = settingsOf(item, type);
    if (settings === undefined) {
      continue;
    }
    if (type === 'RequestRedirect') {
      redirect = readRedirect(settings, hasPrefix);
    } else if (type === 'URLRewrite') {
      rewrite = { ...rewrite, ...readRewrite(settings, hasPrefix) };
    } else {
      all.push(...settingOf(type, settings));
      rewrite =
        type === 'RequestHeaderModifier' && changesHost(settings) ? { ...rewrite, open: HOST_CHANGED } : rewrite;
    }
  }
  if (seen.has('RequestRedirect') && seen.has('URLRewrite')) {
    list.wrong('bad-filter', 'holds RequestRedirect and URLRewrite; give one of them');
  }
  return { redirect, rewrite, settings: all };
}

/** The settings of a filter: those of its type, and no others. */
function settingsOf(item: Cursor, type: string): Cursor | undefined {
  for (const [other, field] of FIELDS) {
    if (other !== type && item.get(field).isGiven) {
      item.get(field).wrong('bad-filter', `is given, and the type is ${JSON.stringify(type)}; give one or the other`);
    }
  }
  const field = FIELDS.get(type) as string;
  const settings = item.get(field).mapping();
  if (!settings.isGiven) {
    settings.wrong('bad-filter', `is missing; a filter of type ${type} needs it`);
    return undefined;
  }
  return settings;
}

function readRedirect(settings: Cursor, hasPrefix: boolean): RequestRedirect {
  const scheme = settings.get('scheme');
  return {
    scheme: scheme.isGiven ? scheme.choice('bad-filter', ['http', 'https'] as const, undefined) : undefined,
    hostname: readHostname(settings.get('hostname'), { wildcard: false }) || undefined,
    path: readModifier(settings.get('path'), hasPrefix),
    port: settings.get('port').whole('bad-filter', 1, 65535),
    status: settings.get('statusCode').choice('bad-filter', [301, 302, 303, 307, 308], 302) ?? 302,
  };
}

function readModifier(field: Cursor, hasPrefix: boolean): PathModifier | undefined {
  const path = field.mapping();
  if (!path.isGiven) {
    return undefined;
  }
  const type = path.get('type').choice('bad-filter', ['ReplaceFullPath', 'ReplacePrefixMatch'] as const, undefined);
  if (type === undefined) {
    return undefined;
  }
  const [own, other] = ['replaceFullPath', 'replacePrefixMatch'].map((key) => path.get(key)) as [Cursor, Cursor];
  const [wanted, unwanted] = type === 'ReplaceFullPath' ? [own, other] : [other, own];
  if (unwanted.isGiven) {
    unwanted.wrong('bad-filter', `is given, and the type is "${type}"; give one or the other`);
  }
  const text = wanted.text();
  if (!wanted.isGiven) {
    wanted.wrong('bad-filter', `is missing; the type "${type}" needs it`);
  }
  if (text === undefined) {
    return undefined;
  }
  if (type === 'ReplaceFullPath') {
    return { full: text };
  }
  if (!hasPrefix) {
    wanted.wrong('bad-filter', 'needs a rule with one match, of path type PathPrefix');
    return undefined;
  }
  return { prefix: text };
}

function readRewrite(settings: Cursor, hasPrefix: boolean): UrlRewrite {
  const hostname = readHostname(settings.get('hostname'), { wildcard: false });
  const path = readModifier(settings.get('path'), hasPrefix);
  return { ...(hostname ? { hostname } : {}), ...(path === undefined ? {} : { path }) };
}

const HOST_CHANGED = 'what RequestHeaderModifier may do to the header Host is up to the implementation of the Gateway';

function changesHost(settings: Cursor): boolean {
  const isHost = (name: unknown) => typeof name === 'string' && name.toLowerCase() === 'host';
  const named = ['set', 'add'].flatMap((field) =>
    settings
      .get(field)
      .items()
      .map((item) => item.get('name').value),
  );
  return [
    ...named,
    ...settings
      .get('remove')
      .items()
      .map((item) => item.value),
  ].some(isHost);
}

/** What a filter does to requests and responses on their way. */
function settingOf(type: string, settings: Cursor): string[] {
  switch (type) {
    case 'RequestHeaderModifier':
      return [`RequestHeaderModifier ${settingsText(settings, true)} changes headers on the way to the backend`];
    case 'ResponseHeaderModifier':
      return [`ResponseHeaderModifier ${settingsText(settings, true)} changes headers of the response`];
    case 'RequestMirror': {
      const ref = settings.get('backendRef').mapping();
      const name = ref.get('name').neededText('bad-filter', 'give the name of a Service');
      const others = { ...(isMapping(settings.value) ? settings.value : {}), backendRef: undefined };
      const part = sortedText(others) === '{}' ? '' : ` ${settingsText({ value: others })}`;
      return [`RequestMirror${part} sends a copy to ${mirrored(ref, name)}; its responses are dropped`];
    }
    case 'CORS':
      return [`CORS ${settingsText(settings)}: preflight requests are answered without the backend`];
    case 'ExternalAuth':
      return [`ExternalAuth ${settingsText(settings)}: the authentication service may refuse the request`];
    default: {
      const name = settings.get('name').neededText('bad-filter', 'give the name of an object');
      const kind = settings.get('kind').neededText('bad-filter', 'give the kind of an object');
      const group = settings.get('group').text() ?? '';
      return [
        `ExtensionRef ${kind} ${name} of ${group}: what it does is known to the implementation of the Gateway only`,
      ];
    }
  }
}

/** Where copies go, in words: `a`, or `Backend team/a:80`. */
function mirrored(ref: Cursor, name: string | undefined): string {
  const text = (key: string) => ref.get(key).value;
  const kind = text('kind') === undefined || text('kind') === 'Service' ? '' : `${text('kind')} `;
  const namespace = text('namespace') === undefined ? '' : `${text('namespace')}/`;
  return `${kind}${namespace}${name}${text('port') === undefined ? '' : `:${text('port')}`}`;
}
