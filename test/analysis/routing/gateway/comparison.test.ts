import { type Routes, sameRouting } from '../../../../analysis';
import { httpRoute, path, redirect, rule, served } from './objects';

// What only Gateways make of the model, as the comparison of two models sees it.

const differs = (before: Routes, after: Routes) => sameRouting(before, after).difference?.request.url;

const weighted = (weights: Readonly<Record<string, number>>) =>
  served(
    httpRoute('one', [{ backendRefs: Object.entries(weights).map(([name, weight]) => ({ name, port: 80, weight })) }]),
  );

const prefix = (replacePrefixMatch: string) =>
  served(httpRoute('one', [redirect({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch } }, path('/foo'))]));
const full = (replaceFullPath: string) =>
  served(httpRoute('one', [redirect({ path: { type: 'ReplaceFullPath', replaceFullPath } }, path('/foo'))]));

describe('two Gateways', () => {
  test('are the same whichever backend is refused its share', () => {
    const refused = (weights: Readonly<Record<string, number>>) =>
      served(
        httpRoute('one', [
          {
            backendRefs: Object.entries(weights).map(([name, weight]) => ({
              name,
              port: name === 'a' ? 80 : 81,
              weight,
            })),
          },
        ]),
      );
    expect(sameRouting(refused({ a: 1, b: 1 }), refused({ a: 1, c: 1 }))).toMatchObject({ proven: true });
    expect(sameRouting(refused({ a: 2, b: 1, c: 1 }), refused({ a: 1, b: 1 }))).toMatchObject({ proven: true });
  });

  test('differ by the names of Services that neither has among its manifests', () => {
    expect(differs(weighted({ gone: 1 }), weighted({ lost: 1 }))).toBe('http://other.example/');
    expect(differs(weighted({ a: 1, gone: 1 }), weighted({ a: 1, lost: 1 }))).toBe('http://other.example/');
    const { proven, assumed } = sameRouting(weighted({ a: 1, gone: 1 }), weighted({ a: 2, gone: 2 }));
    expect(proven).toBe(true);
    expect(assumed).toContain(
      'Service shop/gone is not among the manifests; it is taken as there, with the port that is asked for',
    );
  });

  test('differ where a share is an error on one side only', () => {
    expect(differs(weighted({ a: 1, gone: 1 }), weighted({ a: 1, b: 1 }))).toBe('http://other.example/');
    expect(differs(weighted({ a: 1, gone: 1 }), weighted({ a: 1, gone: 2 }))).toBe('http://other.example/');
  });

  test('are the same where prefixes give way to the same', () => {
    expect(sameRouting(prefix('/xyz'), prefix('/xyz/'))).toMatchObject({ proven: true });
  });

  test('differ where prefixes give way to others, or to the whole path', () => {
    expect(differs(prefix('/xyz'), prefix('/abc'))).toBe('http://other.example/foo');
    expect(differs(prefix(''), full('/'))).toBe('http://other.example/foo/x');
  });

  test('are undecided where only one of them has a regular expression', () => {
    const regex = served(httpRoute('one', [rule('a', path('/.*', 'RegularExpression')), rule('a')]));
    expect(sameRouting(regex, served(httpRoute('one', [rule('a')])))).toMatchObject({ same: false, proven: false });
  });
});
