import { AssertionError } from 'node:assert';
import '../../jest';
import * as assert from '../../assert';
import { failure, SHOP } from '../jest/failure';

const url = 'https://shop.example.com/cart';
const plain = 'http://shop.example.com/cart';
const nobody = 'http://nobody.example.com/';
const closed = { from: 'backend', to: 'frontend', port: 1 };
const open = { from: 'frontend', to: 'backend' };
const shares = { frontend: 0.95, 'frontend-canary': 0.05 };
const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

/** Each function: a question that holds, and one that fails with the message of the matcher beside it. */
const QUESTIONS = new Map<string, [holds: () => void, fails: () => void, matcher: () => void]>([
  [
    'assertAllowsConnection',
    [
      () => assert.assertAllowsConnection(SHOP, open),
      () => assert.assertAllowsConnection(SHOP, closed),
      () => expect(SHOP).toAllowConnection(closed),
    ],
  ],
  [
    'assertDeniesConnection',
    [
      () => assert.assertDeniesConnection(SHOP, closed),
      () => assert.assertDeniesConnection(SHOP, open),
      () => expect(SHOP).toDenyConnection(open),
    ],
  ],
  [
    'assertDeniesAllConnections',
    [
      () => assert.assertDeniesAllConnections(SHOP, { from: 'backend', to: 'frontend' }),
      () => assert.assertDeniesAllConnections(SHOP),
      () => expect(SHOP).toDenyAllConnections(),
    ],
  ],
  [
    'assertAllowsAllConnections',
    [
      () => assert.assertAllowsAllConnections(SHOP, { from: 'backend', to: 'frontend', except: [{}] }),
      () => assert.assertAllowsAllConnections(SHOP),
      () => expect(SHOP).toAllowAllConnections(),
    ],
  ],
  [
    'assertExposes',
    [
      () => assert.assertExposes(SHOP, 'frontend'),
      () => assert.assertExposes(SHOP, 'backend'),
      () => expect(SHOP).toExpose('backend'),
    ],
  ],
  [
    'assertDoesNotExpose',
    [
      () => assert.assertDoesNotExpose(SHOP, 'backend'),
      () => assert.assertDoesNotExpose(SHOP, 'backing'),
      () => expect(SHOP).not.toExpose('backing'),
    ],
  ],
  [
    'assertRoutes',
    [
      () => assert.assertRoutes(SHOP, { url }),
      () => assert.assertRoutes(SHOP, { url: nobody }),
      () => expect(SHOP).toRoute({ url: nobody }),
    ],
  ],
  [
    'assertDoesNotRoute',
    [
      () => assert.assertDoesNotRoute(SHOP, { url: nobody }),
      () => assert.assertDoesNotRoute(SHOP, { url }),
      () => expect(SHOP).not.toRoute({ url }),
    ],
  ],
  [
    'assertRoutesTo',
    [
      () => assert.assertRoutesTo(SHOP, { url, headers: { FOO: 'bar' } }, 'frontend-canary'),
      () => assert.assertRoutesTo(SHOP, { url }, 'frontend'),
      () => expect(SHOP).toRoute({ url }).toBackend('frontend'),
    ],
  ],
  [
    'assertDoesNotRouteTo',
    [
      () => assert.assertDoesNotRouteTo(SHOP, { url }, 'backend'),
      () => assert.assertDoesNotRouteTo(SHOP, { url }, 'frontend'),
      () => expect(SHOP).toRoute({ url }).not.toBackend('frontend'),
    ],
  ],
  [
    'assertSplits',
    [
      () => assert.assertSplits(SHOP, { url }, shares),
      () => assert.assertSplits(SHOP, { url }, { frontend: 1 }),
      () => expect(SHOP).toRoute({ url }).toSplit({ frontend: 1 }),
    ],
  ],
  [
    'assertDoesNotSplit',
    [
      () => assert.assertDoesNotSplit(SHOP, { url }, { frontend: 1 }),
      () => assert.assertDoesNotSplit(SHOP, { url }, shares),
      () => expect(SHOP).toRoute({ url }).not.toSplit(shares),
    ],
  ],
  [
    'assertRedirects',
    [
      () => assert.assertRedirects(SHOP, { url: plain }, { status: 308 }),
      () => assert.assertRedirects(SHOP, { url }),
      () => expect(SHOP).toRoute({ url }).toRedirect(),
    ],
  ],
  [
    'assertDoesNotRedirect',
    [
      () => assert.assertDoesNotRedirect(SHOP, { url }),
      () => assert.assertDoesNotRedirect(SHOP, { url: plain }),
      () => expect(SHOP).toRoute({ url: plain }).not.toRedirect(),
    ],
  ],
  [
    'assertAnswers',
    [
      () => assert.assertAnswers(SHOP, { url: nobody }, 404),
      () => assert.assertAnswers(SHOP, { url: nobody }, 503),
      () => expect(SHOP).toAnswer({ url: nobody }, 503),
    ],
  ],
  [
    'assertDoesNotAnswer',
    [
      () => assert.assertDoesNotAnswer(SHOP, { url: nobody }, 503),
      () => assert.assertDoesNotAnswer(SHOP, { url: nobody }, 404),
      () => expect(SHOP).not.toAnswer({ url: nobody }, 404),
    ],
  ],
  [
    'assertHasNoFindings',
    [
      () => assert.assertHasNoFindings(NAMESPACE),
      () => assert.assertHasNoFindings(SHOP),
      () => expect(SHOP).toHaveNoFindings(),
    ],
  ],
]);

describe.each([...QUESTIONS])('%s', (name, [holds, fails, matcher]) => {
  test('says nothing where it holds', () => {
    expect(holds()).toBeUndefined();
  });

  test('throws an AssertionError with the message of the matcher where it does not', () => {
    expect(failure(fails)).toBe(failure(matcher));
    expect(fails).toThrow(AssertionError);
    expect(fails).toThrow(expect.objectContaining({ code: 'ERR_ASSERTION', operator: name }));
  });

  test('shows first the line of the test', () => {
    let stack = '';
    try {
      fails();
    } catch (error) {
      stack = (error as Error).stack ?? '';
    }
    expect(stack.split('\n').find((line) => /^ {4}at /.test(line))).toContain('assert.test.ts');
  });
});

test('every function is asked here', () => {
  const functions = Object.keys(assert).filter((name) => name.startsWith('assert'));
  expect([...QUESTIONS.keys()].sort()).toEqual(functions.sort());
});

test('a name that nothing has, and a chain that leads nowhere, fail whatever is asked', () => {
  expect(failure(() => assert.assertDoesNotRouteTo(SHOP, { url }, 'backing'))).toContain('no Service has this name');
  expect(failure(() => assert.assertDoesNotRouteTo(SHOP, { url: nobody }, 'backend'))).toContain('not found (404)');
  expect(failure(() => assert.assertDeniesConnection(SHOP, { from: 'frontent', to: 'backend' }))).toContain('frontent');
});

test('the texts for snapshots are those of the matchers', () => {
  expect(assert.routingText(SHOP)).toContain('shop.example.com/ (Prefix, TLS)');
  expect(assert.connectivityText(SHOP)).toContain('shop/StatefulSet/backend\n  from ');
  expect(() => assert.connectivityText('---\n')).toThrow(AssertionError);
  expect(failure(() => assert.connectivityText('---\n'))).toContain('there is no workload in the manifests');
  expect(failure(() => assert.routingText('no-such-folder'))).toContain('no-such-folder');
});
