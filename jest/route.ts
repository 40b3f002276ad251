import type { Answer, RouteExplanation, Routes } from '../analysis/routing';
import { fullName } from '../analysis/routing/backend-name';
import { percent } from '../report/numbers';
import { routeText } from '../report/route/text';
import { checkMembers, shownArgument } from './arguments';
import { BackendNames } from './backends';
import {
  asking,
  type Call,
  type MatcherContext,
  type MatcherResult,
  message,
  notesParagraph,
  styleOf,
  Unanswerable,
} from './failure';
import { Manifests } from './manifests';
import type { Request } from './types';

/** A request and its answer: what the matchers behind `toRoute` are asked about. */
export class Routed {
  constructor(
    readonly request: Request,
    readonly explanation: RouteExplanation,
    private readonly manifests: Manifests,
    private readonly routes: Routes,
  ) {}

  get answer(): Answer {
    return this.explanation.answer;
  }

  get backendNames(): BackendNames {
    return new BackendNames(this.routes, this.manifests.objects());
  }

  /** The request, where it goes and why, and what is worth knowing of the routes, as paragraphs. */
  paragraphs(context: MatcherContext): string[] {
    const { request, explanation, routes } = this;
    const text = [...routeText([{ request, ...explanation }], styleOf(context))].join('').trimEnd();
    return [text, ...notesParagraph(routes.notes)];
  }
}

/** How the notes begin that leave it open where a request goes; all others say what else may happen to it. */
const OPEN = 'it cannot be said whether ';

/** What settles some of them: what these say, and how a test says it. */
const ANSWERS = [
  ['ask at a step', 'manifests(…, { step: 0 }) asks at a step'],
  ['--assume-gateway', 'manifests(…, { assumeGateway: true }) takes the Gateway as there'],
  ['--assume-secrets', 'manifests(…, { assumeSecrets: true }) takes the Secret as there'],
] as const;

/**
 * Asks where a request goes.
 *
 * @throws Unanswerable where the manifests leave it open: neither an assertion nor its opposite would be proven
 */
export function routed(subject: unknown, request: Request): Routed {
  checkMembers('the request', request, ['url', 'method', 'headers'], '{ url: "http://shop.example.com/" }');
  const manifests = Manifests.of(subject);
  const routes = manifests.routes();
  const explanation = routes.explain(request);
  const open = (explanation.answer.notes ?? []).filter((note) => note.startsWith(OPEN));
  if (open.length > 0) {
    const advice = ANSWERS.filter(([text]) => open.some((note) => note.includes(text))).map(([, how]) => how);
    throw new Unanswerable(['It is open where the request goes:', ...open, ...advice].join('\n  '));
  }
  return new Routed(request, explanation, manifests, routes);
}

/** Whether a rule takes the request and leads somewhere; `found` is told where that has an answer. */
export function judgedRoute(
  context: MatcherContext,
  subject: unknown,
  request: Request,
  found: (routed: Routed) => void,
): MatcherResult {
  const call: Call = { context, matcher: 'toRoute', given: shownArgument(request) };
  return asking(
    call,
    () => routed(subject, request),
    (route) => {
      found(route);
      const { outcome } = route.answer;
      // A rule that leads nowhere is neither: `not` fails as well then.
      const pass = outcome === 'error' ? context.isNot === true : outcome !== 'not-found';
      return { pass, message: () => routeMessage(call, route) };
    },
  );
}

function routeMessage(call: Call, route: Routed): string {
  const { isNot } = call.context;
  const { answer } = route;
  const expected = isNot ? 'no rule takes the request (404)' : 'a rule leads to a Service or a redirect';
  const elsewhere = 'To say that it goes elsewhere, write expect(…).toRoute(…).not.toBackend(…).';
  const advice = isNot && answer.outcome !== 'error' ? [elsewhere] : [];
  return message(call, expected, answerText(answer), [...route.paragraphs(call.context), ...advice]);
}

export function toAnswer(this: MatcherContext, subject: unknown, request: Request, status: number): MatcherResult {
  const given = `${shownArgument(request)}, ${shownArgument(status)}`;
  const call: Call = { context: this, matcher: 'toAnswer', given };
  const ask = () => {
    if (!Number.isInteger(status) || status < 200 || status > 599) {
      throw new Unanswerable(`status is ${shownArgument(status)}; give one from 200 to 599, such as 308, 404 or 503`);
    }
    return routed(subject, request);
  };
  return asking(call, ask, (found) => ({
    pass: statusOf(found.answer) === status,
    message: () =>
      message(call, `${this.isNot ? 'not ' : ''}status ${status}`, answerText(found.answer), found.paragraphs(this)),
  }));
}

function statusOf(answer: Answer): number | undefined {
  switch (answer.outcome) {
    case 'not-found':
      return 404;
    case 'backends':
      return undefined;
    default:
      return answer.status;
  }
}

/** An answer in a few words. */
export function answerText(answer: Answer): string {
  switch (answer.outcome) {
    case 'not-found':
      return 'not found (404)';
    case 'backends':
      return answer.backends
        .map(
          ({ probability, error, ...name }) =>
            `${percent(probability)} ${fullName(name)}${error === undefined ? '' : ` (error ${error.status})`}`,
        )
        .join(', ');
    case 'redirect':
      return `redirect ${answer.status} to ${answer.location}`;
    case 'error':
      return `error ${answer.status}`;
  }
}
