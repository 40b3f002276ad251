import type { Answer } from '../answer';
import { Router } from '../explain';
import type { RoutingModel } from '../model';
import type { ParsedRequest } from '../request';
import { FIRST_RELEASE, type Release, releaseText } from './release';

/** How notes begin that leave open where a request goes. */
const OPEN = 'it cannot be said whether';

/** What an earlier release makes of the same manifests, where nothing tells the release. */
export class OtherRelease {
  private readonly assumed: Router;
  private readonly other: Router;

  constructor(
    assumed: RoutingModel,
    other: RoutingModel,
    private readonly release: Release,
  ) {
    this.assumed = new Router(assumed, []);
    this.other = new Router(other, []);
  }

  /** That another release answers a request otherwise, where it does. */
  notesFor(request: ParsedRequest): string[] {
    const [answer, other] = [this.assumed, this.other].map((router) => router.answer(request).answer) as [
      Answer,
      Answer,
    ];
    const assumed = `release ${releaseText(this.release)} of ingress-nginx is assumed`;
    if (textOf(answer) !== textOf(other)) {
      return [`${assumed}; release ${releaseText(FIRST_RELEASE)} ${verbOf(other)}`];
    }
    const doubts = (other.notes ?? []).filter((note) => note.startsWith(OPEN) && !answer.notes?.includes(note));
    return doubts.map((doubt) => `${assumed}; of earlier ones ${doubt}`);
  }
}

/** What tells answers apart for a client. */
function textOf({ notes, ...answer }: Answer): string {
  if (answer.outcome === 'error') {
    const { why, ...error } = answer;
    return JSON.stringify(error);
  }
  return JSON.stringify(answer);
}

function verbOf(answer: Answer): string {
  switch (answer.outcome) {
    case 'not-found':
      return 'does not find it (404)';
    case 'error':
      return `answers ${answer.status}: ${answer.why}`;
    case 'redirect':
      return `redirects with ${answer.status} to ${answer.location}`;
    case 'backends': {
      const backends = answer.backends.map(({ service, port }) => `${service}:${port}`);
      const { upstream } = answer;
      return `sends it to ${backends.join(' and ')}${upstream === undefined ? '' : ` as ${upstream.path}`}`;
    }
  }
}
