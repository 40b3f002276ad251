import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect as imported } from '@jest/globals';
import { extendExpect } from '../../jest';
import { SHOP } from './failure';
import { JestFolder, LOAD } from './jest-folder';

const root = resolve(__dirname, '../..');
const url = 'https://shop.example.com/';

test('the expect of @jest/globals has the matchers as well', () => {
  imported(SHOP).toAllowConnection({ from: 'frontend', to: 'backend' });
  imported(SHOP).toRoute({ url }).not.toBackend('backend');
});

test('extendExpect takes either', () => {
  extendExpect(expect);
  extendExpect(imported);
  expect(SHOP).toRoute({ url });
});

test('extendExpect refuses what is no expect', () => {
  expect(() => extendExpect(7 as never)).toThrow('extendExpect: number is no expect; give the one of jest');
});

test('outside of jest nothing is extended, and nothing fails', () => {
  const code = `console.log(Object.keys(require(${JSON.stringify(join(root, 'jest'))})).sort().join())`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-r', join(root, 'scripts/typescript'), '-e', code], {
    encoding: 'utf8',
  });
  expect({ stdout, stderr }).toEqual({ stdout: 'extendExpect,manifests\n', stderr: '' });
});

describe('a run of jest', () => {
  const folder = new JestFolder();
  afterAll(() => folder.remove());

  const subject = JSON.stringify(resolve(SHOP));
  const TEST = `test('shop', () => { expect(${subject}).toRoute({ url: '${url}' }).not.toBackend('backend'); });`;
  const run = (text: string, config: object) => {
    folder.write('setup.js', LOAD);
    folder.write('shop.test.js', text);
    folder.configure(config);
    return folder.run();
  };

  test('may load the matchers in setupFilesAfterEnv', () => {
    expect(run(TEST, { setupFilesAfterEnv: ['<rootDir>/setup.js'] })).toMatchObject({ status: 0 });
  }, 60_000);

  test('may have no globals', () => {
    const text = `const { expect, test } = require('@jest/globals'); ${TEST}`;
    const config = { injectGlobals: false, setupFilesAfterEnv: ['<rootDir>/setup.js'] };
    expect(run(text, config)).toMatchObject({ status: 0 });
  }, 60_000);

  test('shows the line of the test, also where a question has no answer', () => {
    const { status, text } = run(`${LOAD}\n${TEST.replace("'backend'", "'backed'")}`, {});
    expect(status).toBe(1);
    expect(text).toContain('backend "backed": no Service has this name; did you mean shop/backend?');
    expect(text).toMatch(/\n +at .* \(shop\.test\.js:3:\d+\)\n/);
    expect(text).not.toContain('failure.ts');
  }, 60_000);

  test('is told where to load the matchers, if it does so too early', () => {
    const { status, text } = run(TEST, { setupFiles: ['<rootDir>/setup.js'] });
    expect(status).toBe(1);
    expect(text).toContain(
      'cdk8s-networking/jest: there is no expect yet; name this file in setupFilesAfterEnv and not in setupFiles',
    );
  }, 60_000);
});
