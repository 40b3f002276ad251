import type { AnnotationReader } from './annotation-reader';
import { textOf } from './annotation-values';

/** A Secret or a ConfigMap that an annotation names. */
export interface NamedUse {
  readonly annotation: string;
  /** Why the controller answers every request with 503, and what would be right; `undefined` where it does not. */
  readonly denial: string | undefined;
  /** What is open: where it is so, it does; `undefined` for nothing. */
  readonly doubt: string | undefined;
  /** What is taken as there though it is not among the manifests, e.g. `Secret shop/users`; `undefined` for nothing. */
  readonly assumed?: string | undefined;
}

/** What is made of an object that is not among the manifests. */
export function missingUse(annotation: string, object: string, { secrets }: AnnotationReader): NamedUse {
  const none = { annotation, denial: undefined, doubt: undefined };
  return secrets.areAssumed
    ? { ...none, assumed: object }
    : { ...none, doubt: `${object} is not among the manifests; --assume-secrets takes it as there` };
}

/** What has to be in the Secret of an annotation, one of these lists of keys. */
type Wanted = readonly (readonly string[])[];

const CERTIFICATE: Wanted = [['ca.crt'], ['tls.crt', 'tls.key']];

/**
 * The Secrets that the annotations of an Ingress name. Without one, with one of another namespace where that is not allowed, and
 * with one that lacks its keys, the controller answers 503 in all releases.
 *
 * @see https://github.com/kubernetes/ingress-nginx/blob/main/internal/ingress/annotations/auth/main.go
 * @see https://github.com/kubernetes/ingress-nginx/blob/main/internal/ingress/annotations/authtls/main.go
 */
export function secretUses(reader: AnnotationReader): readonly NamedUse[] {
  return [
    ...(textOf(reader.peek('auth-type') ?? '') === undefined
      ? []
      : useOf(reader, 'auth-secret', passwordKeys(reader), false)),
    ...useOf(reader, 'auth-tls-secret', CERTIFICATE, true),
    ...useOf(reader, 'proxy-ssl-secret', CERTIFICATE, true),
  ];
}

/** Of a Secret with a key for each user nothing is wanted. */
function passwordKeys(reader: AnnotationReader): Wanted {
  return textOf(reader.peek('auth-secret-type') ?? '') === 'auth-map' ? [[]] : [['auth']];
}

function useOf(reader: AnnotationReader, annotation: string, wanted: Wanted, needsNamespace: boolean): NamedUse[] {
  const text = textOf(reader.peek(annotation) ?? '');
  const parts = (text ?? '').split('/');
  if (text === undefined || parts.length > 2) {
    return [];
  }
  const own = reader.manifest.namespace ?? 'default';
  const use = (denial: string | undefined, doubt?: string): NamedUse[] => [{ annotation, denial, doubt }];
  if (needsNamespace && parts.length < 2) {
    return use('give the Secret as NAMESPACE/NAME');
  }
  const key = parts.length < 2 ? `${own}/${text}` : text;
  const keys = reader.secrets.keysOf(key);
  if (keys !== undefined && keys !== 'made' && !wanted.some((all) => all.every((one) => keys.has(one)))) {
    return use(`Secret ${key} has to have the key ${wanted.map((all) => all.join(' with ')).join(', or ')}`);
  }
  const isFar = !key.startsWith(`${own}/`);
  const { crossNamespace } = reader.settings;
  if (isFar) {
    reader.dependsOnRelease = true;
  }
  if (isFar && crossNamespace === false) {
    return use(`name a Secret of ${own}: allow-cross-namespace-resources of the controller is off`);
  }
  if (isFar && crossNamespace === undefined) {
    return use(
      undefined,
      `Secret ${key} is of another namespace, which releases from 1.12 refuse unless allow-cross-namespace-resources is "true"`,
    );
  }
  return keys === undefined ? [missingUse(annotation, `Secret ${key}`, reader)] : use(undefined);
}
