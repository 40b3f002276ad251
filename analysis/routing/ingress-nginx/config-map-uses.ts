import type { AnnotationReader } from './annotation-reader';
import { textOf } from './annotation-values';
import { isFrom } from './release';
import { missingUse, type NamedUse } from './secret-uses';

/** What the name of a header is made of. */
export const HEADER_NAME = /^[a-zA-Z\d\-_]+$/;
const HEADER_VALUE = /^[a-zA-Z\d_ :;.,\\/"'?!(){}[\]@<>=\-+*#$&`|~^%]+$/;

/**
 * The ConfigMaps with headers that the annotations of an Ingress name. Without one, and with one that holds what is no header, the
 * controller answers 503; as it does for a header of `custom-headers` that its own ConfigMap does not allow.
 *
 * @see https://github.com/kubernetes/ingress-nginx/blob/main/internal/ingress/annotations/customheaders/main.go
 * @see https://github.com/kubernetes/ingress-nginx/blob/main/internal/ingress/annotations/authreq/main.go
 */
export function configMapUses(reader: AnnotationReader): readonly NamedUse[] {
  const isAsked = textOf(reader.peek('auth-url') ?? '') !== undefined;
  return [
    ...(isAsked ? useOf(reader, 'auth-proxy-set-headers', () => undefined) : []),
    ...(isFrom(reader.settings.release, 11) ? useOf(reader, 'custom-headers', (data) => unallowed(reader, data)) : []),
  ];
}

type Open = Pick<NamedUse, 'denial' | 'doubt'>;

/** @param more what else is asked of the headers */
function useOf(
  reader: AnnotationReader,
  annotation: string,
  more: (data: ReadonlyMap<string, string>) => Open | undefined,
): NamedUse[] {
  const name = textOf(reader.peek(annotation) ?? '');
  if (name === undefined) {
    return [];
  }
  const use = (denial: string | undefined, doubt?: string): NamedUse[] => [{ annotation, denial, doubt }];
  if (name.split('/').length !== 2) {
    return use('give the ConfigMap as NAMESPACE/NAME');
  }
  const data = reader.secrets.dataOf(name);
  if (data === undefined) {
    return [missingUse(annotation, `ConfigMap ${name}`, reader)];
  }
  const wrong = [...data.keys()].find((header) => !HEADER_NAME.test(header));
  if (wrong !== undefined) {
    return use(`ConfigMap ${name} holds ${JSON.stringify(wrong)}, which is no name of a header`);
  }
  const found = more(data);
  return use(found?.denial, found?.doubt);
}

function unallowed(
  { settings: { responseHeaders } }: AnnotationReader,
  data: ReadonlyMap<string, string>,
): Open | undefined {
  const garbled = [...data].find(([, value]) => !HEADER_VALUE.test(value));
  if (garbled !== undefined) {
    return { denial: `the value of ${garbled[0]} is none of a header`, doubt: undefined };
  }
  const names = [...data.keys()].filter((header) => responseHeaders?.includes(header) !== true);
  if (names.length === 0) {
    return undefined;
  }
  const what = `${names.join(', ')} to global-allowed-response-headers of the controller`;
  return responseHeaders === undefined
    ? { denial: undefined, doubt: `global-allowed-response-headers of the controller has to have ${names.join(', ')}` }
    : { denial: `add ${what}`, doubt: undefined };
}
