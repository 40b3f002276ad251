import { Routes } from '../../../analysis';
import { literalOf } from '../../../analysis/routing/literal';
import { matchesPattern, patternOf } from '../../../analysis/routing/pattern';
import fc from '../../helpers/random';
import { ingress, path, service } from './objects';
import { where } from './where';

test.each([
  ['^/shop(/|$)(.*)', '/shop'],
  ['^/Shop', '/shop'],
  ['^/shop/?$', '/shop'],
  ['^/shops?', '/shop'],
  ['^/shops*/x', '/shop'],
  ['^/shops{2}', '/shop'],
  ['^/shops+', '/shops'],
  ['^/shop|/cart', ''],
  ['^/shop(a|b)', '/shop'],
  ['^/shop[|]', '/shop'],
  ['^/shop\\|x', '/shop'],
  ['^(/shop|/cart)', ''],
  ['/shop', ''],
  ['^/shop\\.html', '/shop'],
  ['^/shop(?>x)', ''],
])('a path that matches %s begins with "%s", in any case', (source, literal) => {
  expect(literalOf(patternOf(source, true))).toBe(literal);
});

test('where case counts, it counts for the beginning as well', () => {
  expect(literalOf(patternOf('^/Shop', false))).toBe('/Shop');
});

test('no path is lost by it', () => {
  const piece = fc.constantFrom(
    '/',
    'a',
    'B',
    '-',
    '(',
    ')',
    '|',
    '[',
    ']',
    '[^',
    '*',
    '+',
    '?',
    '{0}',
    '\\',
    '.',
    '$',
  );
  const source = fc.array(piece, { maxLength: 8 }).map((pieces) => `^/${pieces.join('')}`);
  const text = fc.array(fc.constantFrom('/', 'a', 'A', 'b', 'B', '-', '|', '.')).map((pieces) => `/${pieces.join('')}`);
  fc.assert(
    fc.property(source, text, fc.boolean(), (regex, asked, ignoreCase) => {
      const pattern = patternOf(regex, ignoreCase);
      const begins = (ignoreCase ? asked.toLowerCase() : asked).startsWith(literalOf(pattern));
      expect(begins || matchesPattern(pattern, asked) !== true).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

test('of regular expressions that begin otherwise, the longest text still comes first', () => {
  const rules = [
    path('a.test', '/[a-z]+/very-long-tail', 'ImplementationSpecific', 'any'),
    path('a.test', '/shop/[a-z-]+', 'ImplementationSpecific', 'shop'),
    path('a.test', '/', 'ImplementationSpecific', 'root'),
  ];
  const routes = Routes.ofIngressNginx([
    ...['any', 'shop', 'root'].map((name) => service(name)),
    ingress('web', { annotations: { 'use-regex': 'true' }, rules }),
  ]);
  expect(['/shop/very-long-tail', '/SHOP/x', '/other'].map((uri) => where(routes, `http://a.test${uri}`))).toEqual([
    'any:80',
    'shop:80',
    'root:80',
  ]);
});
