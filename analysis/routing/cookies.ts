/**
 * The value of a cookie as nginx finds it: the name in any case, the value up to the next semicolon, the first one where
 * there are several. `undefined` where there is none.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_core_module.html#var_cookie_
 */
export function cookieOf(header: string, name: string): string | undefined {
  const wanted = name.toLowerCase();
  let at = 0;
  while (at < header.length) {
    if (header.slice(at, at + name.length).toLowerCase() === wanted) {
      at = behindSpaces(header, at + name.length);
      // Whatever stands here instead of "=" is passed over, even if it is the separator.
      if (header[at++] === '=') {
        const start = behindSpaces(header, at);
        const end = header.indexOf(';', start);
        return header.slice(start, end < 0 ? undefined : end);
      }
    }
    while (at < header.length && header[at] !== ';' && header[at] !== ',') {
      at++;
    }
    at = behindSpaces(header, at + 1);
  }
  return undefined;
}

function behindSpaces(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ') {
    at++;
  }
  return at;
}
