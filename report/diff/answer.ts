import type { Answer, RouteExplanation } from '../../analysis';
import { fullName } from '../../analysis/routing/backend-name';
import { percent } from '../numbers';

/**
 * An answer in one line, e.g. `95 % shop/frontend:80, 5 % shop/frontend-canary:80`.
 *
 * @param isSeen whether to say what path and host backends see
 */
export function answerText(answer: Answer, isSeen = false): string {
  switch (answer.outcome) {
    case 'not-found':
      return 'not found (404)';
    case 'error':
      return `error ${answer.status}: ${answer.why}`;
    case 'redirect':
      return `redirect ${answer.status} to ${answer.location}`;
    case 'backends':
      return answer.backends
        .map(({ probability, error, upstream = answer.upstream, ...name }) => {
          const seen = isSeen && upstream !== undefined ? `, which sees ${upstream.host}${upstream.path}` : '';
          const to = error === undefined ? `${fullName(name)}${seen}` : `error ${error.status}: ${error.why}`;
          return answer.backends.length === 1 ? to : `${percent(probability)} ${to}`;
        })
        .join(', ');
  }
}

/** Whether two answers differ in what backends see. */
export function seenOtherwise(one: Answer, other: Answer): boolean {
  return (
    one.outcome === 'backends' &&
    other.outcome === 'backends' &&
    (JSON.stringify(one.upstream) !== JSON.stringify(other.upstream) ||
      [...one.backends, ...other.backends].some(({ upstream }) => upstream !== undefined))
  );
}

/** The rule behind an answer, and where it stands; empty where there is none. */
export function ruleLine({ answer, place }: RouteExplanation): string {
  const rule = 'rule' in answer ? answer.rule : undefined;
  if (rule === undefined) {
    return '';
  }
  const text = `${rule.kind} ${rule.namespace}/${rule.name}, path ${rule.path} (${rule.pathType})`;
  return place === undefined ? text : `${text}, ${place.line > 0 ? `${place.file}:${place.line}` : place.file}`;
}
