import * as path from 'node:path';
import * as ts from 'typescript';
import { declarationsOf, ROOT } from '../../helpers/declarations';

/** What a value may be. `object` has fields that are listed on their own; `instance` comes out of a class. */
export type Kind =
  | { readonly of: 'text' | 'number' | 'flag' | 'record' | 'instance' }
  | { readonly of: 'enum'; readonly values: readonly unknown[] }
  | { readonly of: 'object'; readonly name: string }
  | { readonly of: 'list'; readonly entry: Kind };

/** A field of an interface, or a parameter. */
export interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly optional: boolean;
}

/** The public face of the constructs, as their declarations have it. */
export interface PublicApi {
  /** Every exported interface, with its fields and those that it inherits. */
  readonly interfaces: ReadonlyMap<string, readonly Field[]>;
  /** Every static factory (`Peer.cidr`) and method (`ExposedService#expose`) that takes something, with its parameters. */
  readonly calls: ReadonlyMap<string, readonly Field[]>;
  /** Every exported class that is a construct. */
  readonly constructs: readonly string[];
}

/** Reads the declarations. */
export function publicApi(): PublicApi {
  const { checker, exported } = declarationsOf();
  const own = new Set(exported);

  const kindOf = (given: ts.Type): Kind => {
    const type = checker.getNonNullableType(given);
    if (type.isUnion() && type.types.every((one) => one.flags & ts.TypeFlags.EnumLiteral)) {
      return { of: 'enum', values: type.types.map((one) => (one as ts.LiteralType).value) };
    }
    if (checker.isArrayType(type)) {
      return { of: 'list', entry: kindOf(checker.getTypeArguments(type as ts.TypeReference)[0] as ts.Type) };
    }
    const flat: readonly [number, 'text' | 'number' | 'flag'][] = [
      [ts.TypeFlags.StringLike, 'text'],
      [ts.TypeFlags.NumberLike, 'number'],
      [ts.TypeFlags.BooleanLike, 'flag'],
    ];
    const found = flat.find(([flags]) => type.flags & flags);
    if (found) {
      return { of: found[1] };
    }
    if (checker.getIndexInfosOfType(type).length > 0) {
      return { of: 'record' };
    }
    const symbol = type.getSymbol();
    const isPlain =
      symbol && own.has(symbol) && symbol.flags & ts.SymbolFlags.Interface && !/^I[A-Z]/.test(symbol.name);
    return isPlain ? { of: 'object', name: symbol.name } : { of: 'instance' };
  };
  const fieldOf = (symbol: ts.Symbol): Field => {
    const declaration = symbol.valueDeclaration as ts.ParameterDeclaration | undefined;
    const optional = Boolean(
      symbol.flags & ts.SymbolFlags.Optional || declaration?.initializer || declaration?.questionToken,
    );
    return { name: symbol.name, kind: kindOf(checker.getTypeOfSymbol(symbol)), optional };
  };
  const isHidden = (symbol: ts.Symbol) =>
    symbol.getJsDocTags(checker).some(({ name }) => name === 'internal') ||
    (symbol.declarations ?? []).some(
      (declaration) =>
        !declaration.getSourceFile().fileName.startsWith(path.join(ROOT, 'constructs')) ||
        ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected),
    );
  const isClass = (symbol: ts.Symbol) => Boolean(symbol.flags & ts.SymbolFlags.Class);
  const methodsOf = (type: ts.Type, prefix: string) =>
    checker
      .getPropertiesOfType(type)
      .filter((member) => !isHidden(member))
      .flatMap((member): [string, Field[]][] => {
        const [signature] = checker.getTypeOfSymbol(member).getCallSignatures();
        const parameters = signature?.getParameters() ?? [];
        return parameters.length === 0 ? [] : [[`${prefix}${member.name}`, parameters.map(fieldOf)]];
      });

  return {
    interfaces: new Map(
      exported
        .filter((symbol) => symbol.flags & ts.SymbolFlags.Interface)
        .map((symbol) => [
          symbol.name,
          checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)).map(fieldOf),
        ]),
    ),
    calls: new Map(
      exported
        .filter(isClass)
        .flatMap((symbol) => [
          ...methodsOf(checker.getTypeOfSymbol(symbol), `${symbol.name}.`),
          ...methodsOf(checker.getDeclaredTypeOfSymbol(symbol), `${symbol.name}#`),
        ]),
    ),
    constructs: exported
      .filter(isClass)
      .filter((symbol) => checker.getDeclaredTypeOfSymbol(symbol).getProperty('node'))
      .map(({ name }) => name),
  };
}
