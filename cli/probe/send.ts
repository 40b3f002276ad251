import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Target } from './target';

/** An answer of the server. */
export interface Reply {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The first MiB. */
  readonly body: string;
}

/** More of a body is not read: what tells answers apart stands further up. */
const MOST_BODY = 1024 * 1024;

/** What is asked of the sender besides the target. */
export interface SenderOptions {
  /** How long to wait for the whole answer, in milliseconds. */
  readonly timeout: number;
  /** Whether connections are kept for further requests. */
  readonly keepAlive: boolean;
  readonly userAgent: string;
}

/** An answer that did not come in time. */
export class TimeoutError extends Error {
  readonly code = 'TIMEOUT';
}

/** Sends GET requests to one target. Redirects are answers like all others: nothing follows them. */
export class Sender {
  private readonly agent: Agent;
  private readonly options: RequestOptions;

  constructor(
    target: Target,
    private readonly given: SenderOptions,
  ) {
    const { url, address, port, headers, insecure } = target;
    this.isTls = url.protocol === 'https:';
    const { keepAlive } = given;
    this.agent = this.isTls ? new TlsAgent({ keepAlive, maxCachedSessions: 0 }) : new Agent({ keepAlive });
    const sent = new Map([...headers].map(([name, value]) => [name, Buffer.from(value).toString('latin1')]));
    const names = new Set([...sent.keys()].map((name) => name.toLowerCase()));
    for (const [name, value] of [
      ['Accept', '*/*'],
      ['User-Agent', given.userAgent],
    ] as const) {
      if (!names.has(name.toLowerCase())) {
        sent.set(name, value);
      }
    }
    // The name for which a certificate is asked is that of the Host header: a bare address has none.
    const host = [...headers].find(([name]) => name.toLowerCase() === 'host')?.[1] ?? '';
    const name = host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');
    this.options = {
      agent: this.agent,
      host: address,
      port,
      path: `${url.pathname}${url.search}`,
      headers: Object.fromEntries(sent),
      ...(this.isTls ? { servername: isIP(name) === 0 ? name : '', rejectUnauthorized: !insecure } : {}),
    };
  }

  private readonly isTls: boolean;

  /**
   * Sends one request and reads the answer.
   *
   * @throws Error for what Node could not send, or that had no answer
   */
  send(signal: AbortSignal): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const sent = (this.isTls ? tlsRequest : request)({ ...this.options, signal });
      const seconds = this.given.timeout / 1000;
      const timer = setTimeout(
        () => sent.destroy(new TimeoutError(`no answer within ${seconds} s`)),
        this.given.timeout,
      );
      const fail = (error: Error) => {
        clearTimeout(timer);
        reject(error);
      };
      sent.on('error', fail);
      sent.on('response', (response) => {
        read(response, fail, (reply) => {
          clearTimeout(timer);
          resolve(reply);
        });
      });
      sent.end();
    });
  }

  /** Closes all connections. */
  close(): void {
    this.agent.destroy();
  }
}

function read(response: IncomingMessage, fail: (error: Error) => void, done: (reply: Reply) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const finish = () => {
    const headers = new Map(
      Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')] as const),
    );
    done({ status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString().slice(0, MOST_BODY) });
  };
  response.on('error', fail);
  response.on('end', finish);
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    chunks.push(chunk);
    if (length >= MOST_BODY) {
      response.off('end', finish);
      response.destroy();
      finish();
    }
  });
}
