import type { Manifest } from '../analysis/manifest';
import type { MatcherContext, MatcherResult } from '../jest/failure';
import { Manifests } from '../jest/manifests';
import { MATCHERS } from '../jest/matchers';
import { judgedRoute, type Routed } from '../jest/route';
import type { Claim } from './lessons/lesson';

const plain = (text: string) => text;
const CONTEXT: MatcherContext = {
  isNot: false,
  promise: '',
  utils: { EXPECTED_COLOR: plain, RECEIVED_COLOR: plain, BOLD_WEIGHT: plain, DIM_COLOR: plain },
};
const NOT: MatcherContext = { ...CONTEXT, isNot: true };

/** Whether something holds, and if not, what the matcher says of it. */
export interface Grade {
  readonly holds: boolean;
  readonly why: string;
}

/** Judges claims about manifests by the matchers of `cdk8s-networking/jest`. */
export function graded(read: readonly Manifest[], claims: readonly Claim[]): readonly Grade[] {
  const manifests = new Manifests(
    () => ({ manifests: read, problems: [], unread: [], files: () => [{ manifests: read, isAlternative: false }] }),
    { input: 'tolerant' },
  );
  return claims.map((claim) => {
    const { pass, message, isNot } = judged(manifests, claim);
    return pass !== isNot ? { holds: true, why: '' } : { holds: false, why: reasonOf(message()) };
  });
}

function judged(manifests: Manifests, claim: Claim): MatcherResult & { readonly isNot: boolean } {
  const plainly = (result: MatcherResult) => ({ ...result, isNot: false });
  if ('allows' in claim) {
    return plainly(MATCHERS.toAllowConnection.call(CONTEXT, manifests, claim.allows));
  }
  if ('denies' in claim) {
    return plainly(MATCHERS.toDenyConnection.call(CONTEXT, manifests, claim.denies));
  }
  if ('deniesAll' in claim) {
    return plainly(MATCHERS.toDenyAllConnections.call(CONTEXT, manifests, claim.deniesAll));
  }
  if ('exposes' in claim) {
    return plainly(MATCHERS.toExpose.call(CONTEXT, manifests, claim.exposes));
  }
  if ('hides' in claim) {
    return { ...MATCHERS.toExpose.call(NOT, manifests, claim.hides), isNot: true };
  }
  if ('findings' in claim) {
    return plainly(MATCHERS.toHaveNoFindings.call(CONTEXT, manifests, claim.findings));
  }
  if ('answers' in claim) {
    return plainly(MATCHERS.toAnswer.call(CONTEXT, manifests, claim.request, claim.answers));
  }
  let found: Routed | undefined;
  const route = judgedRoute(CONTEXT, manifests, claim.request, (routed) => {
    found = routed;
  });
  if (!route.pass) {
    return plainly(route);
  }
  return plainly(
    'to' in claim
      ? MATCHERS.toBackend.call(CONTEXT, found, claim.to)
      : 'splits' in claim
        ? MATCHERS.toSplit.call(CONTEXT, found, claim.splits)
        : MATCHERS.toRedirect.call(CONTEXT, found, claim.redirects),
  );
}

/** A message without its first line, which shows the call of the matcher. */
function reasonOf(message: string): string {
  return message.split('\n').slice(1).join('\n').trim();
}
