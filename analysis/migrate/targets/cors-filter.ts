import type { Wishes } from '../wishes';
import type { Said, Unsaid } from './target';

/** So many items a list of the filter has. */
const LONGEST = 64;

/** The methods that the filter knows. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', '*']);

/**
 * The filter of the Gateway API for CORS, where a target has it.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httpcorsfilter
 */
export function corsFilter(cors: Wishes['cors']): Said | Unsaid {
  const { exposed, credentials, maxAge } = cors;
  const [origins, methods, headers] = [cors.origins, cors.methods, cors.headers].map(alone) as [
    readonly string[],
    readonly string[],
    readonly string[],
  ];
  const unknown = methods.find((method) => !METHODS.has(method));
  if (unknown !== undefined) {
    return {
      kind: 'hand',
      what: `the filter CORS knows no method ${unknown}; leave it out, or let the backend answer`,
    };
  }
  if ([origins, headers, exposed].some((list) => list.length > LONGEST)) {
    return { kind: 'hand', what: `lists of the filter CORS have at most ${LONGEST} items; let the backend answer` };
  }
  return {
    kind: 'said',
    fragments: [],
    filters: [
      {
        type: 'CORS',
        cors: {
          allowCredentials: credentials,
          allowHeaders: headers,
          allowMethods: methods,
          allowOrigins: origins,
          ...(exposed.length === 0 ? {} : { exposeHeaders: exposed }),
          maxAge: Math.max(1, maxAge),
        },
      },
    ],
    caveats: maxAge === 0 ? ['browsers keep the answer for a second, which is the least that the filter has'] : [],
  };
}

/** A list, or the asterisk of it, beside which an API server takes nothing else. */
function alone(list: readonly string[]): readonly string[] {
  return list.includes('*') ? ['*'] : list;
}
