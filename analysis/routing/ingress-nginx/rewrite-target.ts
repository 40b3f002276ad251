import type { AnnotationReader } from './annotation-reader';
import { endsAWord, hasBareDollar } from './directive-words';
import { releaseText } from './release';
import { TARGET } from './value-checks';

/** What an Ingress asks for by `rewrite-target`. */
export interface RewriteTarget {
  /** `undefined` for none. */
  readonly target: string | undefined;
  /** Why nobody can say whether the controller takes it, in words; `undefined` where that is settled. */
  readonly doubt: string | undefined;
}

/**
 * Reads `rewrite-target`. Where the controller's own checks are off, which are on from 1.12, its sources write any text
 * into the configuration of nginx, and users have had queries in it; yet running 1.8.2 has shown that a text such as
 * `/x?y` counts as not given, as it does from 1.12 on. So it is taken, and that it may be otherwise is told. A text that would end
 * the directive, for which nginx refuses its configuration and the controller goes on with the one before, comes to the same.
 *
 * @param isMain whether the Ingress is no canary, whose rewrite seldom comes to nginx
 * @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.8.2/internal/ingress/controller/template/template.go
 * @see https://github.com/kubernetes/ingress-nginx/issues/13185
 */
export function readRewriteTarget(reader: AnnotationReader, isMain: boolean): RewriteTarget {
  const target = reader.text('rewrite-target');
  const { validatesAnnotations, release } = reader.settings;
  if (target !== undefined && isMain && hasBareDollar(target)) {
    reader.refused('rewrite-target', 'put the number of a group or the name of a variable behind each "$"');
  }
  if (target === undefined || validatesAnnotations || TARGET.allows(target)) {
    return { target, doubt: undefined };
  }
  if (isMain) {
    const taken = endsAWord(target) ? '; nginx may refuse it with its whole configuration' : '';
    reader.wrong('rewrite-target', `which is taken as not given${taken}`, TARGET.advice);
  }
  const { namespace = 'default', name } = reader.manifest;
  const which = `release ${releaseText(release)} takes rewrite-target ${reader.shown('rewrite-target')} of Ingress ${namespace}/${name}`;
  return { target: undefined, doubt: `it cannot be said whether ${which}; it is taken as not given` };
}
