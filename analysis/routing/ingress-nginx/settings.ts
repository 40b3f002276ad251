import type { Manifest } from '../../manifest';
import { isFrom, LAST_RELEASE, type Release } from './release';
import type { Risk } from './risks';

/**
 * What a controller was told that decides where requests go: arguments of its container and its ConfigMap. Where the
 * manifests hold no controller, the defaults of its releases stand.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/
 */
export interface Settings extends ReleaseSettings {
  /** The workload that runs the controller; `undefined` where one is assumed. */
  readonly workload: Manifest | undefined;
  /** What an IngressClass names as its controller. */
  readonly controllerClass: string;
  /** The value of the old class annotation. */
  readonly ingressClass: string;
  /** Whether a class of that name is served whatever it names as its controller. */
  readonly classByName: boolean;
  /** Whether Ingresses without class are served; `undefined` where nobody knows. */
  readonly watchWithoutClass: boolean | undefined;
  /** The only namespace that is served; `undefined` for all. */
  readonly watchNamespace: string | undefined;
  /** The labels of the namespaces that are served, as written; `undefined` for all. */
  readonly watchSelector: string | undefined;
  /** `namespace/name` of the Service for requests that no rule takes. */
  readonly defaultService: string | undefined;
  /** The Secret with the certificate for hosts that have none of their own; `undefined` for the controller's own one. */
  readonly defaultCertificate: { readonly namespace: string; readonly name: string } | undefined;
  readonly externalNames: boolean;
  readonly annotationPrefix: string;
  readonly healthPath: string;
  /** Whether TLS may be handed on as it is; `undefined` where nobody knows. */
  readonly sslPassthrough: boolean | undefined;
  /** Whether Ingresses with a default backend are ignored. */
  readonly ignoresCatchAll: boolean;
  readonly sslRedirect: boolean;
  readonly forceSslRedirect: boolean;
  readonly preserveTrailingSlash: boolean;
  readonly relativeRedirects: boolean;
  readonly redirectCode: number;
  /** Whether `X-Forwarded-Proto`, `X-Forwarded-Host` and `X-Forwarded-Port` of a request are believed. */
  readonly forwardedHeaders: boolean;
  /** Where the controller listens. */
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly noTlsRedirectPaths: readonly string[];
  /** Other settings that decide requests and are not followed, as notes of every answer. */
  readonly unfollowed: readonly string[];
  /** What arguments and ConfigMap say of what differs by release. */
  readonly told: Told;
}

/** What arguments and ConfigMap of a controller say of what differs by release; `undefined` where they say nothing. */
export interface Told {
  /** Whether the ConfigMap is known: what it does not say is then at its default. */
  readonly config: boolean;
  readonly validation: boolean | undefined;
  readonly riskLevel: Risk | undefined;
  readonly snippets: boolean | undefined;
  readonly strictPaths: boolean | undefined;
  readonly crossNamespace: boolean | undefined;
  /** The headers that `custom-headers` may set. */
  readonly responseHeaders: readonly string[] | undefined;
}

/** What hangs on the release of a controller. */
export interface ReleaseSettings {
  readonly release: Release;
  /** Whether the manifests or whoever asks tell the release; else the last one is assumed. */
  readonly isReleaseKnown: boolean;
  /** Whether values of annotations are checked, so that some drop an Ingress. */
  readonly validatesAnnotations: boolean;
  /** The highest risk that an annotation may have, else the Ingress is ignored; `undefined` where the ConfigMap is not known. */
  readonly riskLevel: Risk | undefined;
  /** Whether snippets of Ingresses count; `undefined` where the ConfigMap is not known. */
  readonly allowsSnippets: boolean | undefined;
  /** Whether paths of type Exact and Prefix are held to letters, digits and `-_./`; `undefined` where it is not known. */
  readonly strictPaths: boolean | undefined;
  /** Whether annotations may name Secrets of other namespaces; `undefined` where it is not known. */
  readonly crossNamespace: boolean | undefined;
  /** The headers that `custom-headers` may set; `undefined` where it is not known. */
  readonly responseHeaders: readonly string[] | undefined;
}

/** What a release makes of what the controller was told. */
export function releaseSettings(release: Release, isReleaseKnown: boolean, told: Told): ReleaseSettings {
  const isSecure = isFrom(release, 12);
  const isSettled = told.config && isReleaseKnown;
  return {
    release,
    isReleaseKnown,
    validatesAnnotations: told.validation ?? isSecure,
    riskLevel: told.riskLevel ?? (isSecure ? (isSettled ? 'High' : undefined) : 'Critical'),
    allowsSnippets: told.snippets ?? (isFrom(release, 9) ? (isSettled ? false : undefined) : true),
    crossNamespace: isFrom(release, 9)
      ? (told.crossNamespace ?? (isSecure ? (isSettled ? false : undefined) : true))
      : true,
    responseHeaders: told.responseHeaders ?? (told.config ? [] : undefined),
    strictPaths: told.strictPaths ?? (isSettled || (isReleaseKnown && !isSecure) ? isSecure : undefined),
  };
}

/** The same controller in another release. */
export function atRelease(settings: Settings, release: Release): Settings {
  return { ...settings, ...releaseSettings(release, true, settings.told) };
}

const UNTOLD: Told = {
  config: false,
  validation: undefined,
  riskLevel: undefined,
  snippets: undefined,
  strictPaths: undefined,
  crossNamespace: undefined,
  responseHeaders: undefined,
};

/** A controller as upstream installs it. */
export const DEFAULT_SETTINGS: Settings = {
  ...releaseSettings(LAST_RELEASE, false, UNTOLD),
  workload: undefined,
  controllerClass: 'k8s.io/ingress-nginx',
  ingressClass: 'nginx',
  classByName: false,
  watchWithoutClass: undefined,
  watchNamespace: undefined,
  watchSelector: undefined,
  defaultService: undefined,
  defaultCertificate: undefined,
  externalNames: true,
  annotationPrefix: 'nginx.ingress.kubernetes.io',
  healthPath: '/healthz',
  sslPassthrough: undefined,
  ignoresCatchAll: false,
  sslRedirect: true,
  forceSslRedirect: false,
  preserveTrailingSlash: false,
  relativeRedirects: false,
  redirectCode: 308,
  forwardedHeaders: false,
  httpPort: 80,
  httpsPort: 443,
  noTlsRedirectPaths: ['/.well-known/acme-challenge'],
  unfollowed: [],
  told: UNTOLD,
};
