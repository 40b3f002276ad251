import { isSubdomain } from '../manifest/names';
import type { Cursor } from './cursor';

/** Whether a text is a host as an API server takes it; reported where it is none. */
export function checkHost(field: Cursor, host: string, { wildcard }: { readonly wildcard: boolean }): boolean {
  const [, scheme, rest = ''] = /^([a-z]+:\/\/)(.*)$/i.exec(host) ?? [];
  const bare = wildcard ? host.replace(/^\*\./, '') : host;
  if (scheme !== undefined) {
    const name = rest.split(/[/:]/)[0]?.toLowerCase();
    field.wrong('bad-host', `is ${JSON.stringify(host)}; leave out the scheme: "${name}"`);
  } else if (!isSubdomain(bare) || host.length > 253) {
    const advice = `give a DNS name in lower case, without port${wildcard ? ', or "*." and such a name' : ''}`;
    field.wrong('bad-host', `is ${JSON.stringify(host)}; ${advice}`);
  } else if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) {
    field.wrong('bad-host', `is the address ${host}; give a DNS name`);
  } else {
    return true;
  }
  return false;
}
