import type { Answer, BackendShare, RouteExplanation, RouteRequest, RouteRule } from '../../analysis/routing';
import { fullName, shortName } from '../../analysis/routing/backend-name';
import { parsedRequest } from '../../analysis/routing/request';
import { tableText } from '../columns';
import { percent } from '../numbers';
import { printable } from '../printable';
import type { Style } from '../style';

/** A request, where it goes, and why. */
export interface Routed extends RouteExplanation {
  readonly request: RouteRequest;
}

/**
 * Where requests go, for people: a paragraph for each.
 *
 * @param follows whether other paragraphs stand before them
 */
export function* routeText(routed: Iterable<Routed>, style: Style, follows = false): Generator<string> {
  let separator = follows ? '\n' : '';
  for (const { request, answer, because, place } of routed) {
    yield `${separator}${style.bold(printable(requestText(request)))}\n`;
    for (const line of answerLines(answer)) {
      yield `  ${style[answer.outcome === 'error' || answer.outcome === 'not-found' ? 'red' : 'green'](printable(line))}\n`;
    }
    for (const line of upstreamLines(answer, request)) {
      yield `  ${style.dim('sees   ')} ${printable(line)}\n`;
    }
    for (const [index, line] of because.entries()) {
      yield `  ${style.dim(index === 0 ? 'because' : '       ')} ${printable(line)}\n`;
    }
    if (place !== undefined) {
      yield `  ${style.dim('at     ')} ${place.line > 0 ? `${place.file}:${place.line}` : place.file}\n`;
    }
    for (const note of answer.notes ?? []) {
      yield `  ${style.dim('note   ')} ${printable(note)}\n`;
    }
    separator = '\n';
  }
}

function requestText({ url, method, headers = {} }: RouteRequest): string {
  const given = Object.entries(headers).map(([name, value]) => `, ${name}: ${value}`);
  return `${method === undefined || method === 'GET' ? '' : `${method} `}${url}${given.join('')}`;
}

/** Where a request goes, a line for each backend. */
export function answerLines(answer: Answer): string[] {
  switch (answer.outcome) {
    case 'backends':
      return tableText(
        [],
        answer.backends.map((backend) => [percent(backend.probability), backendText(backend, answer.rule)]),
        [0],
      ).slice(1);
    case 'redirect':
      return [`redirect ${answer.status} to ${answer.location}`];
    case 'not-found':
      return ['not found (404)'];
    case 'error':
      return [`error ${answer.status}: ${answer.why}`];
  }
}

/** What backends see, where it is not what was sent. */
export function upstreamLines(answer: Answer, request: RouteRequest): string[] {
  if (answer.outcome !== 'backends') {
    return [];
  }
  const rewritten = [answer, ...answer.backends].filter(({ upstream }) => upstream !== undefined);
  if (rewritten.length === 0) {
    return [];
  }
  const { hostHeader, uri } = parsedRequest(request);
  return rewritten.flatMap((one) => {
    const { upstream } = one;
    if (upstream === undefined || (upstream.path === uri && upstream.host === hostHeader)) {
      return [];
    }
    const who = 'service' in one ? `${one.service}: ` : '';
    return [`${who}${upstream.path}${upstream.host === hostHeader ? '' : `, host ${upstream.host}`}`];
  });
}

/** A backend as a rule names it: with its namespace only where that is not the namespace of the rule. */
export function backendText({ error, ...share }: BackendShare, rule: RouteRule): string {
  const name = share.namespace === rule.namespace ? shortName(share) : fullName(share);
  return error === undefined ? name : `${name} (error ${error.status}: ${error.why})`;
}
