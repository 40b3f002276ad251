import { httpRoute, notesOf, path, rule, served, where } from './objects';

describe('paths', () => {
  test('PathPrefix goes by elements, and a slash at its end does not count', () => {
    for (const prefix of ['/abc', '/abc/']) {
      const routes = served(httpRoute('one', [rule('a', path(prefix))]));
      expect(['/abc', '/abc/', '/abc/def', '/abcd', '/ABC', '/'].map((one) => where(routes, `http://x${one}`))).toEqual(
        ['a', 'a', 'a', '404', '404', '404'],
      );
    }
  });

  test('Exact is the very path', () => {
    const routes = served(httpRoute('one', [rule('a', path('/abc', 'Exact'))]));
    expect(['/abc', '/abc?q', '/abc/', '/Abc', '/abcd'].map((one) => where(routes, `http://x${one}`))).toEqual([
      'a',
      'a',
      '404',
      '404',
      '404',
    ]);
  });

  test('an escape is the character that it stands for', () => {
    const routes = served(httpRoute('one', [rule('a', path('/a%20b', 'Exact'))]));
    expect(where(routes, 'http://x/a%20b')).toBe('a');
    expect(where(routes, 'http://x/a b')).toBe('a');
  });

  test('type and value may be left out: PathPrefix and /', () => {
    expect(where(served(httpRoute('one', [rule('a', { path: {} })])), 'http://x/any')).toBe('a');
    expect(where(served(httpRoute('one', [rule('a', { path: { value: '/x' } })])), 'http://x/x/y')).toBe('a');
    expect(where(served(httpRoute('one', [rule('a', { path: { type: 'Exact' } })])), 'http://x/y')).toBe('404');
  });

  test('a regular expression is taken as the whole path, and the answer says that this is not settled', () => {
    const routes = served(httpRoute('one', [rule('a', path('/v[0-9]+', 'RegularExpression'))]));
    expect(['/v12', '/v12/x', '/x/v12', '/V12'].map((one) => where(routes, `http://x${one}`))).toEqual([
      'a',
      '404',
      '404',
      '404',
    ]);
    expect(routes.route({ url: 'http://x/v12' }).notes).toEqual([
      expect.stringContaining(
        'it cannot be said whether the implementation of the Gateway knows regular expressions, and what it makes of /v[0-9]+',
      ),
    ]);
  });

  test('alternatives and anchors of a regular expression mean the whole path too', () => {
    const routes = served(
      httpRoute('one', [rule('a', path('/a|/b', 'RegularExpression')), rule('b', path('^/c$', 'RegularExpression'))]),
      httpRoute('two', [rule('c', path('(?i)/d', 'RegularExpression'))]),
    );
    expect(['/a', '/b', '/c', '/ax', '/xb', '/cx', '/D'].map((one) => where(routes, `http://x${one}`))).toEqual([
      'a',
      'a',
      'b',
      '404',
      '404',
      '404',
      'c',
    ]);
  });
});

describe('methods', () => {
  test('only requests with the method match', () => {
    const routes = served(httpRoute('one', [rule('a', { method: 'POST' })]));
    expect(where(routes, 'http://x/', {}, 'POST')).toBe('a');
    expect(where(routes, 'http://x/')).toBe('404');
  });
});

describe('headers', () => {
  const one = served(httpRoute('one', [rule('a', { headers: [{ name: 'Version', value: 'v2' }] })]));

  test('names are compared in any case, values as they are', () => {
    expect(where(one, 'http://x/', { VERSION: 'v2' })).toBe('a');
    expect(where(one, 'http://x/', { version: 'V2' })).toBe('404');
    expect(where(one, 'http://x/', { version: 'v2, v3' })).toBe('404');
    expect(where(one, 'http://x/')).toBe('404');
  });

  test('all of them have to match', () => {
    const both = [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ];
    const routes = served(httpRoute('one', [rule('a', { headers: both })]));
    expect(where(routes, 'http://x/', { a: '1', b: '2' })).toBe('a');
    expect(where(routes, 'http://x/', { a: '1' })).toBe('404');
  });

  test('of two with one name, in whichever case, only the first counts, and that is noted', () => {
    const twice = [
      { name: 'version', value: 'v1' },
      { name: 'VERSION', value: 'v2' },
    ];
    const routes = served(httpRoute('one', [rule('a', { headers: twice })]));
    expect(where(routes, 'http://x/', { version: 'v1' })).toBe('a');
    expect(where(routes, 'http://x/', { version: 'v2' })).toBe('404');
    expect(notesOf(routes)).toEqual([
      'no-effect HTTPRoute shop/one: "VERSION" is given twice in one match; only the first counts',
    ]);
  });

  test('a regular expression is taken as the whole value', () => {
    const headers = [{ name: 'cookie', type: 'RegularExpression', value: '(.*; ?)?beta=on(;.*)?' }];
    const routes = served(httpRoute('one', [rule('a', { headers }), rule('b')]));
    expect(where(routes, 'http://x/', { cookie: 'beta=on' })).toBe('a');
    expect(where(routes, 'http://x/', { cookie: 'x=y; beta=on; z=1' })).toBe('a');
    expect(where(routes, 'http://x/', { cookie: 'alphabeta=on' })).toBe('b');
    expect(routes.route({ url: 'http://x/', headers: { cookie: 'beta=on' } }).notes).toHaveLength(1);
    expect(routes.route({ url: 'http://x/' }).notes).toBeUndefined();
  });

  test('a name may be what every object has', () => {
    const headers = [{ name: 'constructor', value: 'x' }];
    const routes = served(httpRoute('one', [rule('a', { headers })]));
    expect(where(routes, 'http://x/', { constructor: 'x' })).toBe('a');
    expect(where(routes, 'http://x/')).toBe('404');
  });
});

describe('query parameters', () => {
  const one = served(httpRoute('one', [rule('a', { queryParams: [{ name: 'Animal', value: 'big whale' }] })]));

  test('names and values are compared as they are, without their escapes', () => {
    expect(where(one, 'http://x/?Animal=big%20whale')).toBe('a');
    expect(where(one, 'http://x/?Animal=big+whale&x=y')).toBe('a');
    expect(where(one, 'http://x/?animal=big%20whale')).toBe('404');
    expect(where(one, 'http://x/?Animal=whale')).toBe('404');
  });

  test('of one that the request repeats, the first value is it', () => {
    expect(where(one, 'http://x/?Animal=big%20whale&Animal=dolphin')).toBe('a');
    expect(where(one, 'http://x/?Animal=dolphin&Animal=big%20whale')).toBe('404');
  });

  test('of two matches with one name, only the first counts', () => {
    const twice = [
      { name: 'q', value: '1' },
      { name: 'q', value: '2' },
    ];
    expect(where(served(httpRoute('one', [rule('a', { queryParams: twice })])), 'http://x/?q=1')).toBe('a');
  });

  test('a regular expression is taken as the whole value', () => {
    const queryParams = [{ name: 'q', type: 'RegularExpression', value: '[ab]+' }];
    const routes = served(httpRoute('one', [rule('a', { queryParams })]));
    expect(where(routes, 'http://x/?q=abba')).toBe('a');
    expect(where(routes, 'http://x/?q=abc')).toBe('404');
  });
});

describe('matches', () => {
  test('one of a rule is enough, of which everything has to hold', () => {
    const routes = served(
      httpRoute('one', [rule('a', { ...path('/foo'), headers: [{ name: 'version', value: 'v2' }] }, path('/v2/foo'))]),
    );
    expect(where(routes, 'http://x/foo', { version: 'v2' })).toBe('a');
    expect(where(routes, 'http://x/v2/foo')).toBe('a');
    expect(where(routes, 'http://x/foo')).toBe('404');
  });

  test('a rule without any takes every request', () => {
    expect(where(served(httpRoute('one', [rule('a')])), 'http://x/any?q', {}, 'DELETE')).toBe('a');
    expect(where(served(httpRoute('one', [{ ...rule('a'), matches: [] }])), 'http://x/any')).toBe('a');
  });
});
