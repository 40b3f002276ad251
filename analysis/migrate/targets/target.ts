import type { Conformance } from '../../routing/gateway-api/conformance';
import type { ObjectName } from '../gateway';
import type { Family, Wishes } from '../wishes';
import type { TargetName } from './names';

/** An implementation of the Gateway API, as far as a migration has to know it. */
export interface Target {
  readonly name: TargetName;
  /** What people call it, and what `orders.ts` and `implementations.ts` do. */
  readonly implementation: string;
  /** What its GatewayClass is called by itself. */
  readonly gatewayClass: string;
  /** What its conformance report says that it has; what that lacks is refused. */
  readonly conformance: Conformance;
  /** What has to be so in its own configuration, in words; left out for nothing. */
  readonly premise?: string;
  /** What it can say of each family, by objects of its own or by filters. */
  readonly translators: { readonly [Name in Family]: Translator<Name> };
}

/** How a target says a wish. */
export type Translator<Name extends Family> = (wish: Wishes[Name], place: Place) => Said | Unsaid;

/** Where a wish stands. */
export interface Place {
  /** The Ingress. */
  readonly ingress: ObjectName;
  readonly gateway: ObjectName;
  /** Its hosts and paths, in words of an AuthorizationPolicy of Istio. */
  readonly operations: readonly Operation[];
}

/** A path, for what attaches to whole Gateways. */
export interface OperationPath {
  readonly path: string;
  /** Whether all paths below it are meant as well. */
  readonly isPrefix: boolean;
}

/** A host with a path, for what attaches to whole Gateways. */
export interface Operation extends OperationPath {
  /** `undefined` for every host. */
  readonly host: string | undefined;
  /** What of it other Ingresses take; `undefined` where nobody can say that. */
  readonly except: { readonly hosts: readonly string[]; readonly paths: readonly OperationPath[] } | undefined;
}

/** A wish in words of the target. */
export interface Said {
  readonly kind: 'said';
  /** Objects of its own, to be attached. */
  readonly fragments: readonly Fragment[];
  /** Filters of the rules that lead to backends. */
  readonly filters?: readonly object[];
  /** What is not the same, or has to be done besides; empty where there is nothing of the kind. */
  readonly caveats: readonly string[];
}

/** A wish that a target cannot say, or that takes a hand. */
export interface Unsaid {
  readonly kind: 'hand' | 'impossible';
  /** What to do, or why not. */
  readonly what: string;
}

/** An object, or the part of one that several wishes make together: those of the same kind are one. */
export interface Fragment {
  readonly apiVersion: string;
  readonly kind: string;
  /**
   * What it is attached to:
   * - `routes`: by `targetRefs`, to the HTTPRoutes that lead to backends; `route`: by `targetRef`, an object for each of them;
   * - `services`: by `targetRefs`, to their Services; `host`: by the DNS name in `host`, an object for each of these;
   * - `gateway`: by `targetRefs`, to the Gateway, in whose namespace it stands;
   * - `filter`: by an ExtensionRef in their rules; `none`: by whatever names it.
   */
  readonly on: 'routes' | 'route' | 'services' | 'host' | 'gateway' | 'filter' | 'none';
  readonly spec: Readonly<Record<string, unknown>>;
  /** What follows the name of the Ingress in the name of the object; left out for nothing. */
  readonly suffix?: string;
}

/** A wish as it is said. */
export function said(fragments: readonly Fragment[], ...caveats: readonly string[]): Said {
  return { kind: 'said', fragments, caveats };
}

/** Something to do by hand. */
export function byHand(what: string): () => Unsaid {
  return () => ({ kind: 'hand', what });
}

/** Something that cannot be. */
export function impossible(what: string): () => Unsaid {
  return () => ({ kind: 'impossible', what });
}

/**
 * A time as Gateways write it, of which no number may have more than five digits.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-2257/
 */
export function seconds(count: number): string {
  if (count <= 99_999) {
    return `${count}s`;
  }
  const [hours, minutes, rest] = [Math.floor(count / 3600), Math.floor(count / 60) % 60, count % 60];
  const parts = [
    `${Math.min(hours, 99_999)}h`,
    ...(minutes > 0 ? [`${minutes}m`] : []),
    ...(rest > 0 ? [`${rest}s`] : []),
  ];
  return parts.join('');
}

/** A size as an API server writes it. */
export function quantity(bytes: number): string {
  return sized(bytes, ['Gi', 'Mi', 'Ki']);
}

/** A size by the largest of the units for 1024³, 1024² and 1024 bytes that fits. */
export function sized(bytes: number, units: readonly [string, string, string]): string {
  const sizes = [1024 ** 3, 1024 ** 2, 1024];
  const place = bytes > 0 ? sizes.findIndex((size) => bytes % size === 0) : -1;
  return `${bytes / (sizes[place] ?? 1)}${units[place] ?? ''}`;
}

/** A reference to a Service, without the namespace where it is that of the Ingress. */
export function serviceRef(
  { namespace, name, port }: ObjectName & { readonly port: number },
  ingress: ObjectName,
): object {
  return { group: '', kind: 'Service', name, ...(namespace === ingress.namespace ? {} : { namespace }), port };
}

/** What a reference to a Service of another namespace needs there. */
export function grantCaveats(service: ObjectName, ingress: ObjectName, kinds: string): readonly string[] {
  return service.namespace === ingress.namespace
    ? []
    : [
        `a ReferenceGrant in ${service.namespace} has to let ${kinds} of ${ingress.namespace} name Service ${service.name}`,
      ];
}

/** TLS to backends that nobody verifies. */
export function unverified(
  fragments: readonly Fragment[],
  { protocol }: Wishes['backend-protocol'],
  ...caveats: readonly string[]
): Said {
  return said(
    fragments,
    ...caveats,
    'the backend is not verified, as ingress-nginx does not verify it',
    ...(protocol === 'GRPCS' ? ['appProtocol of the Service has to say that it speaks HTTP/2'] : []),
  );
}

/** The headers of a request that Envoy does not pass on to a server that is asked first, and nginx does. */
export const CLIENT_HEADERS = [
  'cookie',
  'user-agent',
  'accept',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-request-id',
];

/** What every target says of backends that speak gRPC. */
export const GRPC =
  'set appProtocol kubernetes.io/h2c at the port of the Service, and use a GRPCRoute where methods matter';
/** The same of backends behind TLS, where it has no way without verifying them. */
export const BACKEND_TLS =
  'write a BackendTLSPolicy for the Service with its hostname and CA; ingress-nginx does not verify the backend, and this does';

/** What Envoy makes of cookies that keep a client at a pod. */
export const HASHED_COOKIE =
  'a client moves to another pod when pods come or go, and cookies of ingress-nginx do not say the same to Envoy';
