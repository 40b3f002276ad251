import * as ts from 'typescript';
import { declarationsOf } from '../helpers/declarations';

/** What the doc comment of a public name has to have, besides what it says. */
function missing(): string[] {
  const { checker, exported } = declarationsOf();
  const tagsOf = (symbol: ts.Symbol) => symbol.getJsDocTags(checker).map(({ name }) => name);
  const needs = (at: string, symbol: ts.Symbol, ...wanted: string[]) =>
    wanted.filter((tag) => !tagsOf(symbol).includes(tag)).map((tag) => `${at} has no @${tag}`);

  const ofInterface = (symbol: ts.Symbol) =>
    checker
      .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
      // Ends that constructs have are no settings.
      .filter(
        (field) =>
          !/^I[A-Z][a-z]+$/.test(symbol.name) && !/^IAcme/.test(symbol.name) && !tagsOf(field).includes('internal'),
      )
      .flatMap((field) => {
        const at = `${symbol.name}.${field.name}`;
        const isOptional = Boolean(field.flags & ts.SymbolFlags.Optional);
        return isOptional
          ? needs(at, field, 'default')
          : tagsOf(field).includes('default')
            ? [`${at} has to be given`]
            : [];
      });
  const ofClass = (symbol: ts.Symbol) => {
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    if (!type.getProperty('node')) {
      return needs(symbol.name, symbol, 'see');
    }
    const methods = checker.getPropertiesOfType(type).filter(({ valueDeclaration: declaration }) => {
      const hidden = declaration ? ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private : true;
      return (
        declaration &&
        !hidden &&
        ts.isMethodDeclaration(declaration) &&
        !declaration.getSourceFile().fileName.includes('node_modules')
      );
    });
    return [
      ...needs(symbol.name, symbol, 'see', 'throws', 'example'),
      ...methods
        .filter((method) => !tagsOf(method).includes('internal'))
        .flatMap((method) => needs(`${symbol.name}.${method.name}`, method, 'throws')),
    ];
  };
  return exported.flatMap((symbol) => {
    if (symbol.flags & ts.SymbolFlags.Interface) {
      return ofInterface(symbol);
    }
    return symbol.flags & ts.SymbolFlags.Class ? ofClass(symbol) : needs(symbol.name, symbol, 'see');
  });
}

test('settings tell their defaults, constructs what they throw, and both whose documentation they follow', () => {
  expect(missing()).toEqual([]);
});
