/**
 * The value of a cookie as nginx finds it: the name in any case, the value up to the next semicolon, the first one where
 * there are several. `undefined` where there is none.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_core_module.html#var_cookie_
 */
export function cookieOf(header: string, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (let start = 0; start < header.length; start = behindSeparator(header, start)) {
    if (header.slice(start, start + name.length).toLowerCase() === wanted) {
      const value = /^ *= *([^;]*)/.exec(header.slice(start + name.length));
      if (value !== null) {
        return value[1];
      }
    }
  }
  return undefined;
}

function behindSeparator(header: string, start: number): number {
  let at = start;
  while (at < header.length && header[at] !== ';' && header[at] !== ',') {
    at++;
  }
  at++;
  while (header[at] === ' ') {
    at++;
  }
  return at;
}
