import type { Finding, Place, RelatedRole } from '../../analysis/check';
import { objectText } from '../../analysis/check/finding';
import { WORDS } from './registry';
import type { Words } from './wording';

/** A finding in words, as every form of the answer writes it. */
export interface WordedFinding {
  readonly rule: Finding['code'];
  readonly severity: Finding['severity'];
  /** `NetworkPolicy shop/backend`. */
  readonly object: string;
  readonly source: Place;
  readonly message: string;
  readonly advice: string;
  /** The page of the rule. */
  readonly docs: string;
  readonly related: readonly { readonly source: Place; readonly message: string }[];
}

const ROLES: { readonly [Role in RelatedRole]: (object: string) => string } = {
  nearest: (object) => `${object} comes nearest`,
  declared: (object) => `declared by ${object}`,
  because: (object) => `because of ${object}`,
  affected: (object) => `${object} is affected`,
};

/** Puts a finding into words. */
export function worded({ code, severity, object, source, args, related }: Finding): WordedFinding {
  const words = WORDS[code] as Words<object>;
  return {
    rule: code,
    severity,
    object: objectText(object),
    source,
    message: words.message(args),
    advice: words.advice(args),
    docs: docsOf(code),
    related: related.map(({ role, object: other, source: place }) => ({
      source: place,
      message: ROLES[role](objectText(other)),
    })),
  };
}

/** The page of a rule, from the root of the package. */
export function docsOf(code: Finding['code']): string {
  return `docs/checks/${code}.md`;
}
