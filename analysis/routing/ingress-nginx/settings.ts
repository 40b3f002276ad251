import type { Manifest } from '../../manifest';
import type { Risk } from './risks';

/**
 * What a controller was told that decides where requests go: arguments of its container and its ConfigMap. Where the
 * manifests hold no controller, the defaults of its releases stand.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/
 */
export interface Settings {
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
  /** `namespace/name` of the Service for requests that no rule takes. */
  readonly defaultService: string | undefined;
  readonly externalNames: boolean;
  readonly annotationPrefix: string;
  readonly healthPath: string;
  /** Whether invalid annotations drop an Ingress; `undefined` where the release is not known. */
  readonly validatesAnnotations: boolean | undefined;
  /** The highest risk that an annotation may have, else the Ingress is ignored; `undefined` where the release is not known. */
  readonly riskLevel: Risk | undefined;
  /** Whether snippets of Ingresses count; `undefined` where the release is not known. */
  readonly allowsSnippets: boolean | undefined;
  /** Whether Ingresses with a default backend are ignored. */
  readonly ignoresCatchAll: boolean;
  /** Whether paths of type Exact and Prefix are held to letters, digits and `-_./`. */
  readonly strictPaths: boolean | undefined;
  readonly sslRedirect: boolean;
  readonly forceSslRedirect: boolean;
  readonly preserveTrailingSlash: boolean;
  readonly relativeRedirects: boolean;
  readonly redirectCode: number;
  /** Where the controller listens for HTTPS. */
  readonly httpsPort: number;
  readonly noTlsRedirectPaths: readonly string[];
  /** Other settings that decide requests and are not followed, e.g. `use-forwarded-headers "true" of its ConfigMap`. */
  readonly unfollowed: readonly string[];
}

/** A controller as upstream installs it. */
export const DEFAULT_SETTINGS: Settings = {
  workload: undefined,
  controllerClass: 'k8s.io/ingress-nginx',
  ingressClass: 'nginx',
  classByName: false,
  watchWithoutClass: undefined,
  watchNamespace: undefined,
  defaultService: undefined,
  externalNames: true,
  annotationPrefix: 'nginx.ingress.kubernetes.io',
  healthPath: '/healthz',
  validatesAnnotations: undefined,
  riskLevel: undefined,
  allowsSnippets: undefined,
  ignoresCatchAll: false,
  strictPaths: undefined,
  sslRedirect: true,
  forceSslRedirect: false,
  preserveTrailingSlash: false,
  relativeRedirects: false,
  redirectCode: 308,
  httpsPort: 443,
  noTlsRedirectPaths: ['/.well-known/acme-challenge'],
  unfollowed: [],
};
