import type { Answer } from '../../../analysis';

/** What a client sees of an answer: where it ends, not by which rule. */
export function seen(answer: Answer): string {
  switch (answer.outcome) {
    case 'not-found':
      return 'not found';
    case 'error':
      return answer.rule === undefined ? 'not found' : String(answer.status);
    case 'redirect':
      return `${answer.status} ${URL.canParse(answer.location) ? new URL(answer.location).href : answer.location}`;
    case 'backends':
      return answer.backends
        .map(({ namespace, service, port, probability }) => `${probability} ${namespace}/${service}:${port}`)
        .sort()
        .join();
  }
}
