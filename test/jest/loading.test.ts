import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect as imported } from '@jest/globals';
import { extendExpect } from '../../jest';
import { SHOP } from './failure';

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
