import type { Manifest } from '../../manifest';
import type { Findings } from '../problems';
import type { Secrets } from '../secrets';
import { type AnnotationMistake, AnnotationReader } from './annotation-reader';
import { type CanaryPolicy, readCanary } from './canary-policy';
import { type HostAccess, hostAccessOf } from './client-certificates';
import { deniedBy } from './denials';
import { endsAWord, hasBareDollar } from './directive-words';
import { checkNamesOfAnnotations } from './misspelt';
import { checkWritten } from './refused-values';
import { isFrom } from './release';
import { readRewriteTarget } from './rewrite-target';
import { tooRisky } from './risks';
import type { Settings } from './settings';
import { affinityOf, undecidedBy } from './undecided';

/** What the annotations of an Ingress say about where requests go. */
export interface Annotations {
  /** `undefined` for an Ingress that is no canary. */
  readonly canary: CanaryPolicy | undefined;
  readonly rewriteTarget: string | undefined;
  /** Why nobody can say whether the controller takes the rewrite, in words; `undefined` where that is settled. */
  readonly rewriteDoubt: string | undefined;
  /** The header Host that the backend gets; `undefined` for the one that was sent. */
  readonly upstreamVhost: string | undefined;
  readonly useRegex: boolean;
  readonly sslRedirect: boolean;
  readonly forceSslRedirect: boolean;
  readonly preserveTrailingSlash: boolean;
  readonly portInRedirects: boolean;
  readonly relativeRedirects: boolean;
  readonly appRoot: string | undefined;
  readonly redirect: { readonly url: string; readonly code: number } | undefined;
  readonly fromToWww: boolean;
  readonly aliases: readonly string[];
  /** The name of a Service of the same namespace, for when the rule's own leads nowhere. */
  readonly defaultBackend: string | undefined;
  /** What manifests alone cannot decide of requests that this Ingress takes. */
  readonly undecided: readonly string[];
  /** The session cookie that clients get, in words, e.g. `affinity "cookie"`; `undefined` for none. */
  readonly affinity: string | undefined;
  /** What is not evaluated, in words: session cookies, proxy settings and the like, which say nothing of which Service is asked. */
  readonly unread: readonly string[];
  /** Why the controller answers 503 whatever is asked for; `undefined` where it does not. */
  readonly denied: string | undefined;
  /** What becomes of its hosts where it asks clients for a certificate. */
  readonly hostAccess: HostAccess;
  /** Why the controller ignores the whole Ingress; `undefined` where it does not. */
  readonly dropped: string | undefined;
  /** Whether other releases make something else of it. */
  readonly dependsOnRelease: boolean;
  /** Values that the controller takes otherwise than they are meant. */
  readonly mistakes: readonly AnnotationMistake[];
}

/** Reads the annotations of an Ingress. */
export function readAnnotations(
  manifest: Manifest,
  settings: Settings,
  findings: Findings,
  secrets: Secrets,
): Annotations {
  const reader = new AnnotationReader(manifest, settings, findings, secrets);
  checkNamesOfAnnotations(manifest, settings.annotationPrefix, findings);
  reader.dropped ??= tooRisky(reader);
  reader.forget();
  const canary = readCanary(reader);
  // Of a canary, nothing but its own annotations comes to nginx.
  if (canary === undefined && reader.dropped === undefined) {
    checkWritten(reader);
  }
  const isMain = canary === undefined;
  const redirect = readRedirect(reader, isMain);
  const rewrite = readRewriteTarget(reader, isMain);
  const denied = deniedBy(reader);
  const read = {
    canary,
    rewriteTarget: rewrite.target,
    rewriteDoubt: rewrite.doubt,
    upstreamVhost: reader.text('upstream-vhost'),
    useRegex: reader.bool('use-regex') ?? false,
    sslRedirect: reader.bool('ssl-redirect') ?? settings.sslRedirect,
    forceSslRedirect: reader.bool('force-ssl-redirect') ?? settings.forceSslRedirect,
    preserveTrailingSlash: reader.bool('preserve-trailing-slash') ?? settings.preserveTrailingSlash,
    portInRedirects: reader.bool('use-port-in-redirects') ?? false,
    relativeRedirects: reader.bool('relative-redirects') || settings.relativeRedirects,
    appRoot: readAppRoot(reader),
    redirect: redirect.target,
    fromToWww: redirect.fromToWww,
    aliases: readAliases(reader),
    defaultBackend: reader.text('default-backend'),
    undecided: undecidedBy(reader, denied !== undefined),
    affinity: affinityOf(reader),
    denied,
    hostAccess: hostAccessOf(reader),
    dropped: reader.dropped,
    dependsOnRelease: reader.dependsOnRelease,
    mistakes: reader.mistakes,
  };
  const { affinity, defaultBackend } = read;
  const kept = [
    ...(affinity === undefined ? [] : [`${affinity} keeps clients at a pod`]),
    ...(defaultBackend === undefined ? [] : [`default-backend "${defaultBackend}" answers while no pod is ready`]),
  ];
  return { ...read, unread: [...kept, ...reader.unread()] };
}

function readAppRoot(reader: AnnotationReader): string | undefined {
  const root = reader.text('app-root');
  if (root !== undefined && !root.startsWith('/')) {
    reader.wrong('app-root', 'which counts as not given', 'give an absolute path such as "/app"');
    return undefined;
  }
  return root;
}

interface Redirect {
  readonly target: Annotations['redirect'];
  readonly fromToWww: boolean;
}

/** Redirects of the whole location. One that cannot be read takes all others of the Ingress with it. */
function readRedirect(reader: AnnotationReader, isMain: boolean): Redirect {
  const none: Redirect = { target: undefined, fromToWww: false };
  const fromToWww = reader.bool('from-to-www-redirect');
  const temporal = reader.text('temporal-redirect');
  const permanent = reader.text('permanent-redirect');
  const temporalCode = reader.int('temporal-redirect-code');
  const permanentCode = reader.int('permanent-redirect-code');
  const invalid = [
    [fromToWww, 'from-to-www-redirect'],
    [temporal, 'temporal-redirect'],
    [temporalCode, 'temporal-redirect-code'],
    ...(temporal === undefined ? [[permanent, 'permanent-redirect'] as const] : []),
    ...(temporal === undefined ? [[permanentCode, 'permanent-redirect-code'] as const] : []),
  ].some(([value, name]) => value === undefined && isMeant(reader, name as string));
  if (invalid) {
    return none;
  }
  if (temporal !== undefined) {
    if (!/^http[^:/?#]*:(?!\/\/[^/?#]*\s)/i.test(temporal)) {
      reader.wrong('temporal-redirect', 'which counts as not given', 'give a URL with http or https');
      return none;
    }
    checkUrl(reader, 'temporal-redirect', temporal, isMain);
    const code = codeOf(reader, 'temporal-redirect-code', 302);
    return { target: { url: temporal, code }, fromToWww: fromToWww ?? false };
  }
  if (permanent === undefined && permanentCode !== undefined) {
    reader.idle('permanent-redirect-code', 'does nothing without permanent-redirect');
  }
  if (permanent === undefined) {
    return { target: undefined, fromToWww: fromToWww ?? false };
  }
  checkUrl(reader, 'permanent-redirect', permanent, isMain);
  const code = codeOf(reader, 'permanent-redirect-code', 301);
  return { target: { url: permanent, code }, fromToWww: fromToWww ?? false };
}

/** Reports a URL that nginx does not take as it stands in its configuration: without quotes. */
function checkUrl(reader: AnnotationReader, name: string, url: string, isMain: boolean): void {
  if (isMain && reader.dropped === undefined && (endsAWord(url) || hasBareDollar(url))) {
    reader.refused(name, 'give a URL without spaces, ";" and "{", and with the name of a variable behind each "$"');
  }
}

/** The status of a redirect. */
function codeOf(reader: AnnotationReader, name: string, otherwise: number): number {
  const code = reader.int(name);
  if (code === undefined || (code >= 300 && code <= 308)) {
    return code ?? otherwise;
  }
  reader.wrong(name, `for which ${otherwise} is taken`, 'give a status from 300 to 308');
  return otherwise;
}

/** Whether an annotation is given, in a release that reads it. */
function isMeant(reader: AnnotationReader, name: string): boolean {
  return reader.raw(name) !== undefined && (name !== 'temporal-redirect-code' || isFrom(reader.settings.release, 12));
}

function readAliases(reader: AnnotationReader): readonly string[] {
  // Releases that do not check it write it as it is, and nginx takes the words of an item for names.
  const names = (reader.text('server-alias') ?? '').split(/[,\s]/);
  return [...new Set(names.filter((name) => name !== ''))].sort();
}
