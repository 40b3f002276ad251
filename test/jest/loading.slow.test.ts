import { resolve } from 'node:path';
import { SHOP } from './failure';
import { JestFolder, LOAD } from './jest-folder';

const url = 'https://shop.example.com/';

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
