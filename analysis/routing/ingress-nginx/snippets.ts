/** Directives that change an answer on its way back, or how it is sent, and never where a request goes or what a backend sees. */
const HARMLESS = [
  'access_log',
  'add_header',
  'add_trailer',
  'charset',
  'chunked_transfer_encoding',
  'client_body_buffer_size',
  'client_body_timeout',
  'client_max_body_size',
  'default_type',
  'error_log',
  'etag',
  'expires',
  'keepalive_timeout',
  'limit_rate',
  'limit_rate_after',
  'log_not_found',
  'more_clear_headers',
  'more_set_headers',
  'open_file_cache',
  'send_timeout',
  'server_tokens',
  'sub_filter_last_modified',
  'sub_filter_once',
  'sub_filter_types',
  'sub_filter',
  'tcp_nodelay',
];

/** The same, whatever follows. */
const HARMLESS_KINDS = [
  /^gzip(_|$)/,
  /^brotli(_|$)/,
  /^proxy_(buffer|busy_buffers|buffering|request_buffering|max_temp_file|hide_header|pass_header|cookie_|connect_timeout|read_timeout|send_timeout|socket_keepalive|http_version|ssl_)/,
];

/**
 * Whether a snippet holds nothing but directives that are known to leave requests where they go, such as `add_header`. One with
 * blocks, with variables that it sets, or with directives that are not known may do anything.
 *
 * @see https://nginx.org/en/docs/dirindex.html
 */
export function isHarmless(snippet: string): boolean {
  // Texts in quotes may hold whatever nginx reads otherwise; a comment goes up to the end of its line.
  const bare = snippet.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gs, '""').replace(/(^|\s)#[^\n]*/g, '$1');
  if (/[{}"']/.test(bare.replaceAll('""', '').replace(/\$\{\w+\}/g, ''))) {
    return false;
  }
  return bare
    .split(';')
    .map((directive) => directive.trim())
    .filter((directive) => directive !== '')
    .every((directive) => isKnown(directive));
}

function isKnown(directive: string): boolean {
  const [name = '', argument = ''] = directive.split(/\s+/);
  if (name === 'proxy_set_header') {
    // The header Host, and those by which a backend finds its own address, are what a backend sees.
    return !/^(""|host|x-forwarded-.*|forwarded)$/i.test(argument);
  }
  return HARMLESS.includes(name) || HARMLESS_KINDS.some((kind) => kind.test(name));
}
