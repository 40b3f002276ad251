import { type RouteRequest, Routes } from '../../analysis';
import { gateway, listener, SERVICES, where } from '../analysis/routing/gateway/objects';

// What conformance tests of the Gateway API say: routes, requests, and where each is sent.

export interface Asked {
  /** The URL; a path is of example.com. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: RouteRequest['method'];
}

export type Expected = readonly (readonly [request: string | Asked, to: string])[];

/** What the Gateway `infra/web` with some listeners makes of routes, of which nothing is wrong. */
export const made = (listeners: readonly object[], ...routes: object[]) => {
  const found = Routes.ofGateway([gateway(listeners), ...routes, ...SERVICES]);
  expect(found.problems).toEqual([]);
  return found;
};
/** The same of one listener for HTTP on port 80. */
export const served = (...routes: object[]) => made([listener('http')], ...routes);

/** What is sent elsewhere than expected. */
export function wrong(routes: Routes, expected: Expected): readonly string[] {
  return expected.flatMap(([given, to]) => {
    const { url, headers = {}, method } = typeof given === 'string' ? { url: given } : given;
    const whole = url.startsWith('/') ? `http://example.com${url}` : url;
    const sent = where(routes, whole, headers, method);
    return sent === to ? [] : [`${JSON.stringify(given)} is sent to ${sent}, not to ${to}`];
  });
}
