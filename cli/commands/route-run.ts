import type { RouteRequest, Routes } from '../../analysis/routing';
import { JsonList, routeJson } from '../../report/route/json';
import { routesCsv, routesMarkdown, routesText } from '../../report/route/table';
import { type Routed, routeText } from '../../report/route/text';
import type { Style } from '../../report/style';
import { warningsOf, withWarnings } from '../../report/warnings';
import { headersOf } from '../headers';
import { readInput } from '../input';
import { Refusal } from '../refusal';
import { Requests } from '../requests';
import { explained, routesOf } from '../routes';
import type { Session } from '../run';
import { styleOf } from '../style';
import type { RouteOptions } from './route';

/** Answers where requests go, or tells all routes. */
export async function route(paths: readonly string[], options: RouteOptions, session: Session): Promise<number> {
  const { io, output } = session;
  const style = styleOf(io.stdout, io);
  const { format, requests, url } = options;
  if (requests === '-' && paths.includes('-')) {
    throw new Refusal(['-: standard input can be read once, for the manifests or for --requests']);
  }
  if (url === undefined && [options.header, options.method, options.grpc].some((one) => one !== undefined)) {
    throw new Refusal(['-H, --method and --grpc are of a request; give its --url']);
  }
  if ((url !== undefined || requests !== undefined) && format !== 'text' && format !== 'json') {
    throw new Refusal([`where requests go can't be had as ${format}; give --format text or json`]);
  }
  const asked = requests === undefined ? undefined : await Requests.open(requests, io);
  const routes = routesOf(await readInput(paths, io, options.namespace), options, output);
  if (asked !== undefined) {
    await output.write(format === 'json' ? jsonOf(asked, routes) : textOf(asked, routes, style));
  } else if (url !== undefined) {
    const { method } = options;
    const plain = { url, headers: headersOf(options.header), ...(method === undefined ? {} : { method }) };
    const request = options.grpc === undefined ? plain : grpcRequest(plain, options.grpc);
    const answer = explained(routes, request, '--url');
    await output.write(
      format === 'json'
        ? routeJson(withWarnings(answer.answer, routes.warnings))
        : routeText([{ request, ...answer }], style),
    );
  } else {
    const rows = routes.table();
    const tables = { text: routesText, csv: routesCsv, markdown: routesMarkdown, json: routeJson };
    await output.write(tables[format as keyof typeof tables](rows, style, routes.elsewhere));
  }
  return 0;
}

/**
 * The request that a call of a method of gRPC is.
 *
 * @throws Refusal for what is no such method, and for a URL with a path
 */
function grpcRequest({ url, headers = {} }: RouteRequest, called: string): RouteRequest {
  if (!/^[A-Za-z_][\w.]*\/[A-Za-z_]\w*$/.test(called)) {
    throw new Refusal([`--grpc is ${JSON.stringify(called)}; give SERVICE/METHOD such as helloworld.Greeter/SayHello`]);
  }
  const base = /^(https?:\/\/[^/?#]+)\/?$/i.exec(url)?.[1];
  if (base === undefined) {
    throw new Refusal([
      `--url is ${JSON.stringify(url)}; beside --grpc give it without path, such as https://grpc.example.com`,
    ]);
  }
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const own = hasType ? headers : { ...headers, 'content-type': 'application/grpc' };
  return { url: `${base}/${called}`, method: 'POST', headers: own };
}

async function* jsonOf(requests: Requests, routes: Routes): AsyncGenerator<Iterable<string>> {
  const list = new JsonList();
  const warnings = warningsOf(routes.warnings);
  const answered = (request: RouteRequest) =>
    warnings.length === 0 ? routes.route(request) : { ...routes.route(request), warnings };
  for await (const batch of requests.batches()) {
    yield list.add(each(batch, answered));
  }
  yield list.end();
}

async function* textOf(requests: Requests, routes: Routes, style: Style): AsyncGenerator<Iterable<string>> {
  let follows = false;
  for await (const batch of requests.batches()) {
    const routed = (request: RouteRequest): Routed => ({ request, ...routes.explain(request) });
    yield routeText(each(batch, routed), style, follows);
    follows = true;
  }
}

/** One after the other: an answer that is written is garbage before it grows old. */
function* each<Answered>(
  requests: readonly RouteRequest[],
  answered: (request: RouteRequest) => Answered,
): Generator<Answered> {
  for (const request of requests) {
    yield answered(request);
  }
}
