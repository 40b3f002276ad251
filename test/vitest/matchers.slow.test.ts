import { resolve } from 'node:path';
import { failure, SHOP } from '../jest/failure';
import '../../jest';
import { type Ended, VitestFolder } from './vitest-folder';

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

  const snapshots = (subject: string) =>
    [
      head,
      named(
        'snapshots',
        `expect.assertions(2); expect(${subject}).toMatchRoutingSnapshot(); expect(${subject}).toMatchConnectivitySnapshot('all');`,
      ),
    ].join('\n');
  const passed = { status: 'passed', messages: [] };

  /** How the tests ended that one run has for all of these. */
  let ended: ReadonlyMap<string, Ended>;

  beforeAll(() => {
    const tests = [...WRONG].map(([name, statement]) => named(name, statement));
    folder.write('shop.test.ts', [head, named('right', RIGHT), ...tests].join('\n'));
    folder.write(
      'chains.test.ts',
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
    folder.write('snapshots.test.ts', snapshots('SHOP'));
    ended = folder.run();
  }, 60_000);

  test('answers as jest does, and fails with the same messages', () => {
    byJest(RIGHT);
    expect(ended.get('right')).toEqual(passed);
    for (const [name, statement] of WRONG) {
      const message = failure(() => byJest(statement));
      expect([name, ended.get(name)]).toEqual([name, { status: 'failed', messages: [message] }]);
    }
  });

  test('counts a chain as one assertion and what is asked softly as soft, and takes promises', () => {
    expect(ended.get('one assertion')).toEqual(passed);
    expect(ended.get('resolves')).toEqual(passed);
    expect(ended.get('own')).toEqual(passed);
    expect(ended.get('soft')).toMatchObject({ status: 'failed' });
    expect(ended.get('soft')?.messages).toHaveLength(2);
  });

  test('writes snapshots, and refuses what differs from them', () => {
    expect(ended.get('snapshots')).toEqual(passed);
    expect(folder.run('snapshots').get('snapshots')).toEqual(passed);
    folder.write('snapshots.test.ts', snapshots(JSON.stringify(resolve('dist/stars'))));
    expect(folder.run('snapshots').get('snapshots')).toMatchObject({
      status: 'failed',
      messages: [expect.stringContaining('Snapshot `snapshots 1` mismatched')],
    });
  }, 90_000);

  test('may load the matchers in setupFiles, whatever runs them', () => {
    const settings = {
      threads: { pool: 'threads' },
      vm: { pool: 'vmThreads' },
      bare: { globals: true, isolate: false },
    };
    const setupFiles = ['./setup.ts'];
    folder.configure(
      ...Object.entries(settings).map(([name, config]) => ({
        ...config,
        name,
        setupFiles,
        include: [`${name}.test.ts`],
      })),
    );
    folder.write('setup.ts', `import 'cdk8s-networking/vitest';`);
    for (const name of Object.keys(settings)) {
      folder.write(
        `${name}.test.ts`,
        head.replace("import 'cdk8s-networking/vitest';", '') + named(`right, ${name}`, RIGHT),
      );
    }
    const all = folder.run();
    for (const name of Object.keys(settings)) {
      expect([name, all.get(`right, ${name}`)]).toEqual([name, passed]);
    }
  }, 60_000);
});
