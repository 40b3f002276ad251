import type { Annotations } from './annotations';
import type { BodySize } from './wish';

/** The annotations of the family. */
export const BODY_SIZE = ['proxy-body-size'];

const UNITS = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 } as const;

/** @see https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size */
export function bodySizeOf(annotations: Annotations): BodySize | { readonly why: string } | undefined {
  const text = annotations.get('proxy-body-size')?.trim();
  if (text === undefined || text === '') {
    return undefined;
  }
  const [, digits, unit = ''] = /^([0-9]{1,9})([kmg]?)$/i.exec(text) ?? [];
  return digits === undefined
    ? { why: `${JSON.stringify(text)} is no size of nginx` }
    : { bytes: Number(digits) * UNITS[unit.toLowerCase() as keyof typeof UNITS] };
}
