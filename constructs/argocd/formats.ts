import { type Check, pattern } from '../fields';
import { integer } from '../values';

const LABEL = String.raw`[A-Za-z0-9](?:[\w-]{0,61}[A-Za-z0-9])?`;
const SERVER = String.raw`(?:${LABEL}(?:\.${LABEL})*|\[[0-9a-fA-F:.]+\])`;
const REST = String.raw`[^\s\p{Cc}?#@]+`;
const GIT = new RegExp(
  String.raw`^(?:https?://${SERVER}(?::\d+)?/${REST}|ssh://(?:[\w.-]+@)?${SERVER}(?::\d+)?/${REST}|[\w.-]+@${SERVER}:${REST}|file:///${REST})$`,
  'u',
);
const HELM = new RegExp(String.raw`^(?:https?://)?${SERVER}(?::\d+)?(?:/[\w.~/-]*)?$`);
const API_SERVER = new RegExp(String.raw`^https://${SERVER}(?::\d+)?(?:/[\w.~/-]*)?$`);

/** The repository that holds manifests. */
export const gitRepository = withoutPassword(
  pattern(GIT, 'give the URL of a Git repository such as "https://git.example.com/team/shop.git"'),
);

/** The repository of a Helm chart. */
export const helmRepository = withoutPassword(
  pattern(HELM, 'give the URL of a Helm repository such as "https://charts.example.com"'),
);

/** The URL of a cluster's API server. */
export const apiServer = pattern(API_SERVER, 'give the URL of an API server such as "https://kubernetes.default.svc"');

/** When something is deployed among others. */
export const wave: Check = (what, value) => integer(what, value, -1000, 1000);

const VERSION = String.raw`(?:[=!<>~^]{1,2} *)?v?(?:\d+|[xX*])(?:\.(?:\d+|[xX*])){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?`;

/** The version of a Helm chart, or a range of versions such as "^1.2" or ">=1.2 <2". */
export const chartVersion = pattern(
  new RegExp(`^${VERSION}(?:(?: - | *, *| *\\|\\| *| +)${VERSION})*$`),
  'give the version of a chart such as "1.2.3"',
);

/** What Git takes as the name of a branch or tag, which is a file of its own. */
export const revision = pattern(
  /^(?![-/.])(?!.*(\.\.|\/[/.]|@\{|\.lock(\/|$)))[^\s\p{Cc}~^:?*[\\]{1,244}(?<![/.])$/u,
  'give a branch, tag or commit such as "main"',
);

/** A folder of a repository. */
export const folder = pattern(
  /^(?!.*(^|\/)\.{1,2}\/)(?!.*\/(\.{1,2})?$)(?!\.\.$)[\w.-]+(\/[\w.-]+)*$/,
  'give a folder of the repository such as "dist", without "/" at either end',
);

/** A file of manifests, below a folder. */
export const file = pattern(
  /^(?!.*(^|\/)\.{1,2}\/)[\w.-]+(\/[\w.-]+)*\.(ya?ml|json)$/,
  'give a file below path such as "legacy/shop.yaml"',
);

/** Repositories are public with the manifest, so a user or password in one is refused, and not repeated. */
function withoutPassword(check: Check): Check {
  return (what, value) =>
    typeof value === 'string' && (/^https?:\/\/[^/]*@/i.test(value) || /^[^/]*\/\/[^/@]*:[^/]*@/.test(value))
      ? [`${what} holds a user, token or password; leave it out, Argo CD reads it from a Secret`]
      : check(what, value);
}
