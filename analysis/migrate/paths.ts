import type { Route } from '../routing';

/** The match of a path in an HTTPRoute; or why there is none. */
export type PathMatchOf =
  | { readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string }
  | { readonly why: string };

/** What ends a path of ingress-nginx that is written to be rewritten, e.g. `/api(/|$)(.*)`. */
const REST = /^(\/[A-Za-z0-9/._~-]*?)(\(\/\|\$\)\(\.\*\)|\/?\(\.\*\)|\/\(\.\*\)\$?)$/;

/**
 * The path of a route as an HTTPRoute has it.
 *
 * Whether it takes the same requests, the proof has to show: paths of ingress-nginx that are regular expressions do not
 * know case, and have no end.
 *
 * @param regularExpressions whether the implementation knows them
 */
export function pathMatchOf({ path, rule }: Route, regularExpressions: boolean): PathMatchOf {
  switch (path.kind) {
    case 'exact':
      return literalMatch('Exact', path.path);
    case 'prefix':
    case 'elements':
      return literalMatch('PathPrefix', path.path === '/' ? '/' : path.path.replace(/\/$/, ''));
    case 'pattern': {
      const text = rule?.ref.path ?? '/';
      const prefix = plainPrefix(text);
      if (regularExpressions && text !== '/') {
        return {
          type: 'RegularExpression',
          value: `(?i)${text.replace(/^\^/, '').replace(/(\(?\.\*\)?)?\$?$/, '')}.*`,
        };
      }
      return prefix === undefined
        ? {
            why: `the path ${text} is a regular expression; --allow-regex takes it over where the implementation knows them`,
          }
        : { type: 'PathPrefix', value: prefix };
    }
  }
}

/** A text as the value of a path: what HTTPRoute does not take as it is, escaped. */
function literalMatch(type: 'Exact' | 'PathPrefix', path: string): PathMatchOf {
  const value = path.replace(
    /[^-A-Za-z0-9/._~!$&'()*+,;=:@]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  if (/\/\/|\/\.{1,2}(\/|$)/.test(value) || value.length > 1024) {
    return {
      why: `the path ${path} cannot be said: one of HTTPRoute has no "//", "/./" or "/../", and at most 1024 characters`,
    };
  }
  return { type, value };
}

/** The plain beginning of a path that is otherwise the rest of it; `undefined` for other regular expressions. */
export function plainPrefix(path: string): string | undefined {
  const [, beginning] = REST.exec(path) ?? [];
  const plain = beginning ?? (/^[A-Za-z0-9/._~-]*$/.test(path) ? path : undefined);
  return plain === undefined ? undefined : plain === '/' || plain === '' ? '/' : plain.replace(/\/$/, '');
}

/** The path of a URLRewrite that rewrites as `rewrite-target` does; none where nothing changes; or why there is none. */
export function pathRewrite(path: string, target: string): { readonly path?: object } | { readonly why: string } {
  if (!target.includes('$')) {
    // What is matched is replaced as a whole.
    return { path: { type: 'ReplaceFullPath', replaceFullPath: target === '' ? '/' : target } };
  }
  const [, beginning, rest = ''] = REST.exec(path) ?? [];
  const group = rest.startsWith('(/|$)') ? '$2' : '$1';
  const [, by] = /^(\/[^$]*?)\/?\$\d$/.exec(target) ?? [];
  if (
    beginning === undefined ||
    by === undefined ||
    !target.endsWith(group) ||
    target.indexOf('$') !== target.length - 2
  ) {
    return { why: `a URLRewrite of HTTPRoute cannot put together ${target} from what ${path} captures` };
  }
  const prefix = plainPrefix(path) as string;
  return by.replace(/\/$/, '') === prefix.replace(/\/$/, '')
    ? {}
    : { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: by } };
}
