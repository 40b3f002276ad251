import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A server on the loopback interface. */
export interface Loopback {
  readonly port: number;
  /** How many requests it has had. */
  readonly requests: () => number;
  close(): Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1; with a certificate it speaks HTTPS. */
export async function serve(listener: RequestListener, tls?: ServerOptions): Promise<Loopback> {
  let requests = 0;
  const counting: RequestListener = (request, response) => {
    requests++;
    listener(request, response);
  };
  const server: Server = tls === undefined ? createServer(counting) : createTlsServer(tls, counting);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The pods that a shop answers from, and how many of a thousand requests each answers. */
export type Split = readonly (readonly [pod: string, perMille: number])[];

/** Answers as the pods of a shop do, each as often as it should, evenly spread: nothing is left to chance. */
export function splitListener(split: Split): RequestListener {
  const answered = new Map(split.map(([pod]) => [pod, 0]));
  let total = 0;
  return (request, response) => {
    total++;
    const behind = split.map(([pod, perMille]) => [pod, (total * perMille) / 1000 - (answered.get(pod) ?? 0)] as const);
    const [pod] = behind.reduce((most, one) => (one[1] > most[1] ? one : most));
    answered.set(pod, (answered.get(pod) ?? 0) + 1);
    response.setHeader('X-Pod', pod);
    response.end(`<p>Cluster: demo</p>\n<p>Host: ${request.headers.host}</p>\n<p>Pod: ${pod}</p>\n`);
  };
}

/** The right split of the shop in fixtures/shop: 5 % to the canary. */
export const RIGHT: Split = [
  ['frontend-7f8b9c6d5-abcde', 500],
  ['frontend-7f8b9c6d5-fghij', 450],
  ['frontend-canary-6c9f7d5b4-x2x4v', 50],
];

/** A wrong one: 12 % to the canary. */
export const WRONG: Split = [
  ['frontend-7f8b9c6d5-abcde', 880],
  ['frontend-canary-6c9f7d5b4-x2x4v', 120],
];
