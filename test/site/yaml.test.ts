import { NOTHING_OPEN, tokensOf } from '../../site/editor/yaml';

/** The parts of lines that have a colour: `kind:text`. */
function coloured(text: string): readonly string[][] {
  let open = NOTHING_OPEN;
  return text.split('\n').map((line) => {
    const found = tokensOf(line, open);
    open = found.open;
    return found.tokens.map(({ from, to, kind }) => `${kind}:${line.slice(from, to)}`);
  });
}

test.each([
  ['name: web', ['key:name', 'sign::']],
  ['  - port: 80 # http', ['sign:-', 'key:port', 'sign::', 'value:80', 'comment:# http']],
  ['image: nginx:1.25@sha256:ab', ['key:image', 'sign::']],
  ['url: http://a#b', ['key:url', 'sign::']],
  ["\"quoted key\": 'it''s'", ['key:"quoted key"', 'sign::', "text:'it''s'"]],
  ['app.kubernetes.io/name: x', ['key:app.kubernetes.io/name', 'sign::']],
  ['ports: [80, true, web]', ['key:ports', 'sign::', 'sign:[', 'value:80', 'sign:,', 'value:true', 'sign:,', 'sign:]']],
  [
    'from: {podSelector: {}}',
    ['key:from', 'sign::', 'sign:{', 'key:podSelector', 'sign::', 'sign:{', 'sign:}', 'sign:}'],
  ],
  ['---', ['sign:---']],
  ['spec: &a *b', ['key:spec', 'sign::', 'sign:&a', 'sign:*b']],
  ['', []],
])('%s', (line, tokens) => {
  expect(coloured(line)).toEqual([tokens]);
});

test('a block text goes on for as long as lines are deeper', () => {
  expect(coloured('a: |\n  # no comment\n\n  80\nb: 80')).toEqual([
    ['key:a', 'sign::', 'sign:|'],
    ['text:# no comment'],
    [],
    ['text:80'],
    ['key:b', 'sign::', 'value:80'],
  ]);
});

test('quotes go on over lines', () => {
  expect(coloured('a: "x: 1\n  y: 2" # end\nb: 1')).toEqual([
    ['key:a', 'sign::', 'text:"x: 1'],
    ['text:  y: 2"', 'comment:# end'],
    ['key:b', 'sign::', 'value:1'],
  ]);
});

test('every line comes to its end, whatever stands in it', () => {
  for (const line of [
    '"',
    "'",
    '{',
    ': :',
    '- - -',
    '\t',
    '%',
    '@',
    '`',
    '|',
    '> x',
    '&',
    '\\',
    '#',
    ',,',
    'a:b',
    '?',
  ]) {
    expect(tokensOf(line, NOTHING_OPEN).tokens.every(({ from, to }) => to > from)).toBe(true);
  }
});
