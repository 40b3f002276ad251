import { isHarmless } from '../../../analysis/routing/ingress-nginx/snippets';

test.each([
  'more_set_headers "X-Frame-Options: DENY";',
  'add_header X-A "a; b { c }" always;\nadd_header X-B \'it is; so\';\n',
  '# return 204;\nproxy_read_timeout 30s;',
  'proxy_set_header X-Request-Start "t=$msec"; gzip on; gzip_types text/css;',
  'client_max_body_size 8m; proxy_buffer_size 16k; proxy_buffers 4 16k',
  '',
])('a snippet that leaves requests where they go: %j', (snippet) => {
  expect(isHarmless(snippet)).toBe(true);
});

test.each([
  'return 204;',
  'add_header X-A b; return 204;',
  'add_header X-A b;return 204;',
  'if ($http_x) { return 403; }',
  'rewrite ^ /x last;',
  'set $proxy_upstream_name "a-b-80";',
  'proxy_set_header Host other.example.com;',
  'proxy_set_header "Host" other.example.com;',
  "add_header X-A 'unclosed; return 204;",
  'add_header X-A "a" ; # ok\nproxy_pass http://elsewhere;',
  'proxy_passes on;',
  'location /x { add_header A b; }',
  'add_header X "\\"; return 204; "',
  'try_files $uri /index.html;',
  'access_by_lua_block { ngx.exit(403) }',
  'more_set_input_headers "Host: x";',
])('a snippet that may do anything, or nothing that is known: %j', (snippet) => {
  expect(isHarmless(snippet)).toBe(snippet.startsWith('add_header X "\\"'));
});
