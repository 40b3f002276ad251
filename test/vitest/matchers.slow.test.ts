import { resolve } from 'node:path';
import { failure, SHOP } from '../jest/failure';
import '../../jest';
import { VitestFolder } from './vitest-folder';

const shop = resolve(SHOP);
const url = 'https://shop.example.com/cart';

/** What is said of the shop, by jest and by vitest. */
const RIGHT = `
  expect(SHOP).toAllowConnection({ from: 'frontend', to: 'backend' });
  expect(SHOP).not.toExpose('backend');
  expect(SHOP).toRoute({ url }).toSplit({ frontend: 0.95, 'frontend-canary': 0.05 });
  expect(SHOP).toRoute({ url }).not.toBackend('backend');
  expect(SHOP).toRoute({ url: 'http://shop.example.com/' }).toRedirect({ status: 308 });
  expect(SHOP).not.toRoute({ url: 'http://nobody.example.com/' });
  expect(SHOP).not.toHaveNoFindings();
`;

const WRONG = new Map([
  ['a connection is closed', `expect(SHOP).toAllowConnection({ from: 'backend', to: 'frontend', port: 1 })`],
  ['some of the requests go there', `expect(SHOP).toRoute({ url }).toBackend('frontend')`],
  ['some of them go there, after not', `expect(SHOP).toRoute({ url }).not.toBackend('frontend')`],
  ['no rule takes the request', `expect(SHOP).toRoute({ url: 'http://nobody.example.com/' }).toBackend('frontend')`],
  ['a rule takes it, after not', `expect(SHOP).not.toRoute({ url })`],
  ['no Service has the name', `expect(SHOP).toRoute({ url }).toBackend('frontent')`],
  ['the route is not asked for', `expect(SHOP).toBackend('frontend')`],
  ['something is found', `expect(SHOP).toHaveNoFindings()`],
  ['a snapshot is negated', `expect(SHOP).not.toMatchRoutingSnapshot()`],
]);

/** Runs a statement here, by jest. */
const byJest = (statement: string) => new Function('expect', 'SHOP', 'url', statement)(expect, shop, url);

describe('vitest', () => {
  const folder = new VitestFolder();
  afterAll(() => folder.remove());

  const head = `
    import { expect, test } from 'vitest';
    import 'cdk8s-networking/vitest';
    const SHOP = ${JSON.stringify(shop)};
    const url = ${JSON.stringify(url)};
  `;
  const named = (name: string, body: string) => `test(${JSON.stringify(name)}, async () => {${body}});\n`;

  test('answers as jest does, and fails with the same messages', () => {
    byJest(RIGHT);
    const tests = [...WRONG].map(([name, statement]) => named(name, statement));
    folder.write('shop.test.ts', [head, named('right', RIGHT), ...tests].join('\n'));
    const ended = folder.run();
    expect(ended.get('right')).toEqual({ status: 'passed', messages: [] });
    for (const [name, statement] of WRONG) {
      const message = failure(() => byJest(statement));
      expect([name, ended.get(name)]).toEqual([name, { status: 'failed', messages: [message] }]);
    }
  }, 60_000);

  test('counts a chain as one assertion and what is asked softly as soft, and takes promises', () => {
    folder.write(
      'shop.test.ts',
      [
        head,
        named(
          'one assertion',
          `expect.assertions(1); expect(SHOP).toRoute({ url: 'http://shop.example.com/' }).toRedirect();`,
        ),
        named('soft', `expect.soft(SHOP).toRoute({ url }).toBackend('frontend'); expect.soft(1).toBe(2);`),
        named('resolves', `(await expect(Promise.resolve(SHOP)).resolves.toRoute({ url })).not.toBackend('backend');`),
        `test('own', ({ expect }) => { expect(SHOP).toRoute({ url }).not.toBackend('backend'); });`,
      ].join('\n'),
    );
    const ended = folder.run();
    const passed = { status: 'passed', messages: [] };
    expect(ended.get('one assertion')).toEqual(passed);
    expect(ended.get('resolves')).toEqual(passed);
    expect(ended.get('own')).toEqual(passed);
    expect(ended.get('soft')).toMatchObject({ status: 'failed' });
    expect(ended.get('soft')?.messages).toHaveLength(2);
  }, 60_000);

  test('writes snapshots, and refuses what differs from them', () => {
    const snapshots = (subject: string) =>
      [
        head,
        named(
          'snapshots',
          `expect.assertions(2); expect(${subject}).toMatchRoutingSnapshot(); expect(${subject}).toMatchConnectivitySnapshot('all');`,
        ),
      ].join('\n');
    folder.write('shop.test.ts', snapshots('SHOP'));
    expect(folder.run().get('snapshots')).toEqual({ status: 'passed', messages: [] });
    expect(folder.run().get('snapshots')).toEqual({ status: 'passed', messages: [] });
    folder.write('shop.test.ts', snapshots(JSON.stringify(resolve('dist/stars'))));
    expect(folder.run().get('snapshots')).toMatchObject({
      status: 'failed',
      messages: [expect.stringContaining('Snapshot `snapshots 1` mismatched')],
    });
  }, 90_000);

  test.each([{ pool: 'threads' }, { pool: 'vmThreads' }, { globals: true, isolate: false }])(
    'may load the matchers in setupFiles: %j',
    (config) => {
      folder.configure({ ...config, setupFiles: ['./setup.ts'] });
      folder.write('setup.ts', `import 'cdk8s-networking/vitest';`);
      folder.write('shop.test.ts', head.replace("import 'cdk8s-networking/vitest';", '') + named('right', RIGHT));
      expect(folder.run().get('right')).toEqual({ status: 'passed', messages: [] });
      folder.configure({});
    },
    60_000,
  );
});
