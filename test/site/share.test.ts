import { deflateRawSync } from 'node:zlib';
import { fragmentOf, isShared, sharedIn } from '../../site/share';
import fc from '../helpers/random';

const packed = (value: unknown) => `#m=${deflateRawSync(JSON.stringify(value)).toString('base64url')}`;

test('a link holds every text, letter by letter', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record(
        { yaml: fc.string({ unit: 'grapheme' }), kept: fc.string(), lesson: fc.string(), step: fc.nat() },
        { requiredKeys: ['yaml'] },
      ),
      async (shared) => {
        const fragment = await fragmentOf(shared);
        expect(fragment).toMatch(/^#m=[\w-]*$/);
        expect(await sharedIn(fragment)).toEqual(shared);
      },
    ),
  );
});

test('a large text makes a short link', async () => {
  const yaml = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\n'.repeat(2000);
  expect((await fragmentOf({ yaml })).length).toBeLessThan(2000);
});

test.each([
  ['cut', '#m=q1bKTy5R'],
  ['changed', '#m=$$$'],
  ['empty', '#m='],
  ['of something else', packed(['yaml'])],
  ['without a text', packed({ yaml: 7 })],
])('a link that is %s is refused', async (_, fragment) => {
  await expect(sharedIn(fragment)).rejects.toThrow('the link was cut or changed');
});

test('a short link that unfolds to very much is refused', async () => {
  const fragment = packed({ yaml: 'x'.repeat(6_000_000) });
  expect(fragment.length).toBeLessThan(10_000);
  await expect(sharedIn(fragment)).rejects.toThrow('more than 5 MB');
});

test('what else a link says is left out', async () => {
  const fragment = packed({ yaml: 'a', kept: 7, lesson: {}, step: 1.5, __proto__: { evil: 1 }, other: 1 });
  expect(await sharedIn(fragment)).toEqual({ yaml: 'a' });
});

test('a fragment of something else carries no manifests', () => {
  expect(['', '#', '#lesson=canary/2'].map(isShared)).toEqual([false, false, false]);
});
