import * as path from 'node:path';
import * as ts from 'typescript';
import { declarationsOf, ROOT } from '../helpers/declarations';

/**
 * What keeps the public face of these files from being offered to Python, Java and Go.
 *
 * @see https://aws.github.io/jsii/user-guides/lib-author/typescript-restrictions/
 */
function restrictions(entry?: string, files?: ReadonlyMap<string, string>): string[] {
  const { checker, exported } = declarationsOf(entry, files);
  const found: string[] = [];

  const typeProblems = (at: string, given: ts.Type): void => {
    const type = checker.getNonNullableType(given);
    const isEnum = type.isUnion() && type.types.every((one) => one.flags & ts.TypeFlags.EnumLiteral);
    const isFlag = Boolean(type.flags & ts.TypeFlags.Boolean);
    if (type.isUnion() && !isEnum && !isFlag) {
      found.push(`${at} is ${checker.typeToString(type)}, one of several types`);
    }
    if (given.flags & (ts.TypeFlags.TypeParameter | ts.TypeFlags.Conditional | ts.TypeFlags.Unknown)) {
      found.push(`${at} is ${checker.typeToString(given)}, which is not one type`);
    }
    if (type.getCallSignatures().length > 0) {
      found.push(`${at} is a function`);
    }
    if (checker.isArrayType(type)) {
      for (const held of checker.getTypeArguments(type as ts.TypeReference)) {
        typeProblems(`${at}[]`, held);
      }
    } else if (type.flags & ts.TypeFlags.Object) {
      for (const { type: held } of checker.getIndexInfosOfType(type)) {
        typeProblems(`${at}{}`, held);
      }
    }
  };
  const memberProblems = (at: string, member: ts.Symbol): void => {
    const declaration = member.declarations?.[0];
    const flags = declaration ? ts.getCombinedModifierFlags(declaration) : 0;
    if (
      !declaration ||
      flags & ts.ModifierFlags.Private ||
      declaration.getSourceFile().fileName.includes('node_modules')
    ) {
      return;
    }
    const isInternal = ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === 'internal');
    if (isInternal || member.name.startsWith('_')) {
      found.push(
        ...(isInternal === member.name.startsWith('_') ? [] : [`${at} is internal by its name or its comment only`]),
      );
      return;
    }
    const type = checker.getTypeOfSymbol(member);
    const [signature, ...others] = type.getCallSignatures();
    if (!signature) {
      const isReadonly = flags & ts.ModifierFlags.Readonly || ts.isGetAccessor(declaration);
      found.push(...(isReadonly ? [] : [`${at} can be written`]));
      typeProblems(at, type);
      return;
    }
    found.push(...(others.length > 0 || signature.typeParameters ? [`${at} is more than one method`] : []));
    for (const parameter of signature.getParameters()) {
      typeProblems(`${at}(${parameter.name})`, checker.getTypeOfSymbol(parameter));
    }
    typeProblems(`${at}()`, signature.getReturnType());
  };

  for (const symbol of exported) {
    const declaration = symbol.declarations?.[0];
    if (!declaration || !(ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration))) {
      found.push(
        ...(declaration && ts.isEnumDeclaration(declaration) ? [] : [`${symbol.name} is no class, interface or enum`]),
      );
      continue;
    }
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    if (declaration.typeParameters || declaration.members.some(ts.isIndexSignatureDeclaration)) {
      found.push(`${symbol.name} is generic, or has keys of any name`);
    }
    for (const member of checker.getPropertiesOfType(type)) {
      memberProblems(`${symbol.name}.${member.name}`, member);
    }
    for (const member of ts.isClassDeclaration(declaration)
      ? checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol))
      : []) {
      if (member.name !== 'prototype') {
        memberProblems(`${symbol.name}.${member.name}`, member);
      }
    }
  }
  return found;
}

test('the constructs keep to what Python, Java and Go can be offered as well', () => {
  expect(restrictions()).toEqual([]);
});

test('and this test sees what does not', () => {
  const entry = path.join(ROOT, 'constructs/example.ts');
  const text = `
    export interface Props { readonly one: string | number; readonly two?: 'a' | 'b'; three?: string; readonly four?: () => void }
    export interface Keys { readonly [key: string]: string }
    export class Box<T> { public readonly held!: T }
    export class Maker {
      public _hidden(): void {}
      /** @internal */
      public shown(): void {}
      public static make<T>(given: T[]): void {}
      private free: string | number = 1;
    }
    export type Either = string | number;
  `;
  expect(restrictions(entry, new Map([[entry, text]]))).toEqual([
    'Props.one is string | number, one of several types',
    'Props.two is "a" | "b", one of several types',
    'Props.three can be written',
    'Props.four is a function',
    'Keys is generic, or has keys of any name',
    'Box is generic, or has keys of any name',
    'Box.held is T, which is not one type',
    'Maker._hidden is internal by its name or its comment only',
    'Maker.shown is internal by its name or its comment only',
    'Maker.make is more than one method',
    'Maker.make(given)[] is T, which is not one type',
    'Either is no class, interface or enum',
  ]);
});
