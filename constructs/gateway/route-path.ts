import {
  type HttpRouteSpecRulesMatchesPath,
  HttpRouteSpecRulesMatchesPathType as Type,
} from '../../imports/gateway.networking.k8s.io';
import { PathType } from '../exposure/path-type';
import { type Problems, shown, urlPath } from '../values';
import type { GatewayImplementation } from './implementation';
import { patternProblems, wholePattern } from './pattern';

const PATH = /^[-A-Za-z0-9/._~!$&'()*+,;=:@]+$/;

/** What is wrong with path and path type of an HTTPRoute. */
export function routePathProblems(
  what: string,
  path: string,
  type: PathType,
  implementation: GatewayImplementation | undefined,
): Problems {
  const at = `${what}.path`;
  const problems = type === PathType.REGULAR_EXPRESSION ? [] : urlPath(at, path);
  if (problems.length > 0) {
    return problems;
  }
  const said = (why: string) => [`${at} is ${shown(path)}; ${why}`];
  switch (type) {
    case PathType.IMPLEMENTATION_SPECIFIC:
      return [
        `${at}Type is ${shown(type)}, which a Gateway does not know; give PathType.PREFIX, PathType.EXACT or PathType.REGULAR_EXPRESSION`,
      ];
    case PathType.REGULAR_EXPRESSION:
      if (!implementation?.regularExpressions) {
        const who = implementation ? `${implementation._name} is not known to have` : 'not every Gateway has';
        return said(
          `${who} regular expressions; give PathType.PREFIX or PathType.EXACT, or a Gateway whose implementation has them`,
        );
      }
      return patternProblems(at, path);
    default:
      if (/\/\.{1,2}(\/|$)/.test(path)) {
        return said('give a path without "." and ".." as elements');
      }
      if (!PATH.test(path)) {
        return said("give a path of letters, digits and -._~!$&'()*+,;=:@");
      }
      return type === PathType.PREFIX && path !== '/' && path.endsWith('/')
        ? said(
            `a Gateway can't tell it from ${shown(path.replace(/\/+$/, ''))}, which nginx redirects; leave out the "/" at the end`,
          )
        : [];
  }
}

/** The path as an HTTPRoute has it. */
export function routePath(path: string, type: PathType): HttpRouteSpecRulesMatchesPath {
  switch (type) {
    case PathType.EXACT:
      return { type: Type.EXACT, value: path };
    case PathType.REGULAR_EXPRESSION:
      return { type: Type.REGULAR_EXPRESSION, value: wholePattern(path) };
    default:
      return { type: Type.PATH_PREFIX, value: path };
  }
}
