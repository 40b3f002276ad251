import { ADDRESSES, addressesOf } from './addresses';
import { AFFINITY, affinityOf } from './affinity';
import { type Annotations, given } from './annotations';
import { BACKEND_PROTOCOL, backendProtocolOf } from './backend-protocol';
import { BASIC_AUTH, basicAuthOf } from './basic-auth';
import { BODY_SIZE, bodySizeOf } from './body-size';
import { CORS, corsOf } from './cors';
import { EXTERNAL_AUTH, externalAuthOf } from './external-auth';
import { RATE_LIMIT, rateLimitOf } from './rate-limit';
import { TIMEOUTS, timeoutsOf } from './timeouts';
import type { Family, Wish, Wishes } from './wish';

type Reader<Name extends Family> = (
  annotations: Annotations,
  namespace: string,
) => Wishes[Name] | { readonly why: string } | undefined;

const FAMILIES: { readonly [Name in Family]: readonly [readonly string[], Reader<Name>] } = {
  'external-auth': [EXTERNAL_AUTH, externalAuthOf],
  'basic-auth': [BASIC_AUTH, basicAuthOf],
  'rate-limit': [RATE_LIMIT, rateLimitOf],
  'body-size': [BODY_SIZE, bodySizeOf],
  timeouts: [TIMEOUTS, timeoutsOf],
  affinity: [AFFINITY, affinityOf],
  'backend-protocol': [BACKEND_PROTOCOL, backendProtocolOf],
  addresses: [ADDRESSES, addressesOf],
  cors: [CORS, corsOf],
};

/** All families, in the order in which nginx meets them. */
export const ALL_FAMILIES = Object.keys(FAMILIES) as readonly Family[];

/** What the annotations of an Ingress ask for besides where its requests go. */
export function wishesOf(annotations: Annotations, namespace: string): readonly Wish[] {
  return ALL_FAMILIES.flatMap((family) => {
    const [names, read] = FAMILIES[family];
    const value = read(annotations, namespace);
    return value === undefined ? [] : [{ family, names: given(annotations, names), value } as Wish];
  });
}

/** The family that an annotation belongs to; `undefined` for none. */
export function familyOf(name: string): Family | undefined {
  return ALL_FAMILIES.find((family) => given(new Map([[name, '']]), FAMILIES[family][0]).length > 0);
}
