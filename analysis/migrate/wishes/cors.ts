import { boolOf } from '../../routing/ingress-nginx/annotation-values';
import { type Annotations, listOf, numberOf } from './annotations';
import type { Cors } from './wish';

/** The annotations of the family. */
export const CORS = ['enable-cors', 'cors-*'];

// The defaults of ingress-nginx.
const METHODS = 'GET, PUT, POST, DELETE, PATCH, OPTIONS';
const HEADERS =
  'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization';
const MAX_AGE = 1_728_000;

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#enable-cors */
export function corsOf(annotations: Annotations): Cors | { readonly why: string } | undefined {
  if (boolOf(annotations.get('enable-cors') ?? '') !== true) {
    return undefined;
  }
  const origins = listOf(annotations.get('cors-allow-origin') ?? '*');
  const wrong = origins.find((origin) => origin !== '*' && !/^https?:\/\/(\*\.)?[A-Za-z0-9.-]+(:\d+)?$/.test(origin));
  if (wrong !== undefined) {
    return { why: `${JSON.stringify(wrong)} is no origin` };
  }
  return {
    origins,
    methods: listOf(annotations.get('cors-allow-methods') ?? METHODS),
    headers: listOf(annotations.get('cors-allow-headers') ?? HEADERS),
    exposed: listOf(annotations.get('cors-expose-headers')),
    credentials: boolOf(annotations.get('cors-allow-credentials') ?? 'true') ?? true,
    maxAge: numberOf(annotations.get('cors-max-age')) ?? MAX_AGE,
  };
}
