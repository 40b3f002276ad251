import type { Answer } from '../../../analysis';

/** What a client sees of an answer: where it ends, not by which rule. */
export function seen(answer: Answer): string {
  switch (answer.outcome) {
    case 'not-found':
      return 'not found';
    case 'error':
      return answer.rule === undefined ? 'not found' : String(answer.status);
    case 'redirect':
      return `${answer.status} ${urlOf(answer.location)}`;
    case 'backends':
      return answer.backends
        .map(({ namespace, service, port, probability }) => `${probability} ${namespace}/${service}:${port}`)
        .sort()
        .join();
  }
}

/** The same, with what backends see. */
export function seenByAll(answer: Answer): string {
  return answer.outcome === 'backends' ? `${seen(answer)} ${JSON.stringify(answer.upstream)}` : seen(answer);
}

function urlOf(location: string): string {
  const url = URL.canParse(location) ? new URL(location).href : location;
  return url.replaceAll('%61', 'a').replaceAll('%66', 'f');
}
