import type { Manifest } from '../../manifest';
import type { Findings } from '../problems';
import { ALLOWED, boolOf, intOf, textOf } from './annotation-values';
import { type CanaryPolicy, readCanary } from './canary-policy';
import { isTooRisky } from './risks';
import type { Settings } from './settings';
import { affinityOf, undecidedBy } from './undecided';

/** What the annotations of an Ingress say about where requests go. */
export interface Annotations {
  /** `undefined` for an Ingress that is no canary. */
  readonly canary: CanaryPolicy | undefined;
  readonly rewriteTarget: string | undefined;
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
  /** Whether the controller ignores the whole Ingress because of an annotation. */
  readonly isRefused: boolean;
}

/** The annotations of one Ingress under the prefix of the controller, each with the checks that the controller makes. */
export class AnnotationReader {
  isRefused = false;
  private readonly values = new Map<string, string>();

  constructor(
    readonly manifest: Manifest,
    readonly settings: Settings,
    readonly findings: Findings,
  ) {
    const prefix = this.key('');
    for (const [key, value] of manifest.annotations) {
      if (key.startsWith(prefix)) {
        this.values.set(key.slice(prefix.length), value);
      }
    }
  }

  /** The names that are given, without prefix. */
  get names(): Iterable<string> {
    return this.values.keys();
  }

  /** The value as written; `undefined` where it is not given. */
  raw(name: string): string | undefined {
    return this.values.get(name);
  }

  key(name: string): string {
    return `${this.settings.annotationPrefix}/${name}`;
  }

  /** A yes or no. */
  bool(name: string): boolean | undefined {
    const raw = this.raw(name);
    const value = boolOf(raw ?? '');
    if (raw !== undefined && value === undefined) {
      this.wrong(name, 'give "true" or "false"');
    }
    return value;
  }

  /** A whole number. */
  int(name: string): number | undefined {
    const raw = this.raw(name);
    const value = intOf(raw ?? '');
    if (raw !== undefined && value === undefined) {
      this.wrong(name, 'give a whole number');
    }
    return value;
  }

  /**
   * A text of certain characters. Where the release of the controller is not known, one with others is taken, as releases
   * before 1.12 do, and noted.
   */
  text(name: string, allowed?: RegExp): string | undefined {
    const raw = this.raw(name);
    const value = raw === undefined ? undefined : textOf(raw);
    if (raw === undefined || value === undefined || allowed === undefined || allowed.test(value)) {
      return value;
    }
    const characters = `holds characters other than ${characterList(allowed)}`;
    if (this.settings.validatesAnnotations === true) {
      this.wrong(name, `it ${characters}`);
      return undefined;
    }
    if (this.settings.validatesAnnotations === undefined) {
      const message = `${this.key(name)} ${characters}, which releases from 1.12 refuse; taken as before`;
      this.findings.note(this.manifest, ['metadata', 'annotations', this.key(name)], 'assumed', message);
    }
    return value;
  }

  /** Reports a value that the controller calls invalid. */
  wrong(name: string, advice: string): void {
    const key = this.key(name);
    const message = `annotation ${key} is ${JSON.stringify(this.raw(name))}; ${advice}`;
    this.findings.problem(this.manifest, ['metadata', 'annotations', key], 'bad-annotation', message);
  }

  /** Notes an annotation that does nothing. */
  idle(name: string, message: string): void {
    const at = ['metadata', 'annotations', this.key(name)];
    this.findings.note(this.manifest, at, 'no-effect', `${this.key(name)} ${message}`);
  }
}

function characterList(allowed: RegExp): string {
  return allowed === ALLOWED.regex
    ? 'letters, digits and -._~/:^$[](){}*+?|&=\\'
    : allowed === ALLOWED.url
      ? 'letters, digits and -._~/:,?&='
      : allowed === ALLOWED.target
        ? 'letters, digits and -._~/:$'
        : 'letters, digits, spaces and -._~/:';
}

/** Reads the annotations of an Ingress. */
export function readAnnotations(manifest: Manifest, settings: Settings, findings: Findings): Annotations {
  const reader = new AnnotationReader(manifest, settings, findings);
  reader.isRefused = isTooRisky(reader);
  const canary = readCanary(reader);
  const redirect = readRedirect(reader);
  return {
    canary,
    rewriteTarget: reader.text('rewrite-target', ALLOWED.target),
    upstreamVhost: reader.text('upstream-vhost', ALLOWED.regex),
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
    undecided: undecidedBy(reader),
    affinity: affinityOf(reader),
    isRefused: reader.isRefused,
  };
}

function readAppRoot(reader: AnnotationReader): string | undefined {
  const root = reader.text('app-root', ALLOWED.target);
  if (root !== undefined && !root.startsWith('/')) {
    reader.wrong('app-root', 'give an absolute path such as "/app"');
    return undefined;
  }
  return root;
}

interface Redirect {
  readonly target: Annotations['redirect'];
  readonly fromToWww: boolean;
}

/** Redirects of the whole location. One that is invalid takes all others of the Ingress with it. */
function readRedirect(reader: AnnotationReader): Redirect {
  const none: Redirect = { target: undefined, fromToWww: false };
  const fromToWww = reader.bool('from-to-www-redirect');
  const temporal = reader.text('temporal-redirect', ALLOWED.url);
  const permanent = reader.text('permanent-redirect', ALLOWED.url);
  const temporalCode = reader.int('temporal-redirect-code');
  const permanentCode = reader.int('permanent-redirect-code');
  const invalid = [
    [fromToWww, 'from-to-www-redirect'],
    [temporal, 'temporal-redirect'],
    [temporalCode, 'temporal-redirect-code'],
    ...(temporal === undefined ? [[permanent, 'permanent-redirect'] as const] : []),
    ...(temporal === undefined ? [[permanentCode, 'permanent-redirect-code'] as const] : []),
  ].some(([value, name]) => value === undefined && reader.raw(name as string) !== undefined);
  if (invalid) {
    // With checks on, the controller drops the whole Ingress for it.
    reader.isRefused ||= reader.settings.validatesAnnotations === true;
    return none;
  }
  if (temporal !== undefined) {
    if (!/^http[^:/?#]*:/i.test(temporal)) {
      reader.wrong('temporal-redirect', 'give a URL with http or https');
      return none;
    }
    return { target: { url: temporal, code: codeOf(temporalCode, 302) }, fromToWww: fromToWww ?? false };
  }
  if (permanent === undefined && permanentCode !== undefined) {
    reader.idle('permanent-redirect-code', 'does nothing without permanent-redirect');
  }
  const target = permanent === undefined ? undefined : { url: permanent, code: codeOf(permanentCode, 301) };
  return { target, fromToWww: fromToWww ?? false };
}

function codeOf(code: number | undefined, otherwise: number): number {
  return code === undefined || code < 300 || code > 308 ? otherwise : code;
}

function readAliases(reader: AnnotationReader): readonly string[] {
  const text = reader.text('server-alias');
  if (text === undefined) {
    return [];
  }
  const names = text.split(',').map((name) => name.trim());
  if (reader.settings.validatesAnnotations === true && !names.every((name) => ALLOWED.regex.test(name))) {
    reader.wrong('server-alias', 'give host names, separated by commas');
    reader.isRefused = true;
    return [];
  }
  return [...new Set(names.filter((name) => name !== ''))].sort();
}
