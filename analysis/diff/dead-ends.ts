import type { RouteRequest, Routes, VirtualHost } from '../routing';
import type { SettingDifference } from './comparison';
import type { HostClass } from './hosts';
import { sentPath } from './requests';

/** So many paths of a host are asked for. */
const MOST = 50;

/**
 * HTTPS to a host that one side does not take at all, though it sends clients there from HTTP: none of their requests comes to
 * a Service then, as they do on the other side. `undefined` where that is not so.
 */
export function deadEndOf(host: HostClass, before: Routes, after: Routes): SettingDifference | undefined {
  const [serving, one, other] = host.before === undefined ? [host.after, after, before] : [host.before, before, after];
  const path = pathsOf(serving).find(
    (text) =>
      one.route({ url: `https://${host.host}${text}` }).outcome === 'backends' &&
      isSentNowhere(other, { url: `http://${host.host}${text}` }),
  );
  if (path === undefined) {
    return undefined;
  }
  const request = { url: `https://${host.host}${path}` };
  const serves = 'it is answered, without a certificate for the host';
  const lost = 'HTTP is redirected there, and nothing takes it: no such request comes to a Service';
  const sides = host.before === undefined ? [lost, serves] : [serves, lost];
  const [here, there] = [before, after].map((routes, index) => {
    const { place } = routes.explain(index === (host.before === undefined ? 0 : 1) ? plain(request) : request);
    return { says: [sides[index] as string], file: place?.file ?? '', line: place?.line ?? 0 };
  });
  return {
    what: `HTTPS to ${host.text ?? 'hosts that no rule names'}`,
    isAcceptable: false,
    request,
    before: here,
    after: there,
  };
}

function plain({ url }: RouteRequest): RouteRequest {
  return { url: url.replace(/^https:/, 'http:') };
}

/** Paths at which a host leads to Services. */
function pathsOf(host: VirtualHost | undefined): readonly string[] {
  const paths = (host?.routes ?? []).flatMap(({ path, decisions }) =>
    decisions.some(({ outcome }) => outcome.kind === 'backends') && path.kind !== 'pattern'
      ? [sentPath(path.path)]
      : [],
  );
  return [...new Set(paths)].slice(0, MOST);
}

/** Whether a request by HTTP is redirected to the same host by HTTPS, where nothing takes it. */
function isSentNowhere(routes: Routes, request: RouteRequest): boolean {
  const answer = routes.route(request);
  if (answer.outcome !== 'redirect' || !URL.canParse(answer.location, request.url)) {
    return false;
  }
  const [from, to] = [new URL(request.url), new URL(answer.location, request.url)];
  return (
    to.protocol === 'https:' && to.hostname === from.hostname && routes.route({ url: to.href }).outcome === 'not-found'
  );
}
