import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment as the fake keeps it. */
export interface FakeComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

/** As much of GitHub's API as the action uses, on loopback: comments of pull request 7 of `team/shop`. */
export class FakeGitHub {
  static readonly BOT = 'github-actions[bot]';
  readonly comments: FakeComment[] = [];
  /** `METHOD path` of each request, in order. */
  readonly requests: string[] = [];
  /** Whether the token may write. */
  mayWrite = true;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.requests.push(`${request.method} ${request.url}`);
        const body = chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
        const known = request.headers.authorization === 'Bearer secret';
        const [status, answer] = known ? this.answer(request.method ?? '', request.url ?? '', body) : [401, {}];
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
  }

  static async start(): Promise<FakeGitHub> {
    const fake = new FakeGitHub();
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }

  write(body: string, login: string): void {
    this.comments.push({ id: this.comments.length + 1, body, user: { login } });
  }

  private answer(method: string, path: string, body: { readonly body?: string }): [number, unknown] {
    const url = new URL(path, this.url);
    if (method === 'POST' && url.pathname === '/graphql') {
      return [200, { data: { viewer: { login: FakeGitHub.BOT } } }];
    }
    const list = '/repos/team/shop/issues/7/comments';
    if (method === 'GET' && url.pathname === list) {
      const [size, page] = [Number(url.searchParams.get('per_page')), Number(url.searchParams.get('page'))];
      return [200, this.comments.slice((page - 1) * size, page * size)];
    }
    if (!this.mayWrite) {
      return [403, { message: 'Resource not accessible by integration' }];
    }
    if ((body.body ?? '').length > 65_536) {
      return [422, { message: 'body is too long (maximum is 65536 characters)' }];
    }
    if (method === 'POST' && url.pathname === list) {
      this.write(body.body ?? '', FakeGitHub.BOT);
      return [201, this.comments.at(-1)];
    }
    const [, id] = /^\/repos\/team\/shop\/issues\/comments\/(\d+)$/.exec(url.pathname) ?? [];
    const own = this.comments.find((one) => String(one.id) === id);
    if (method === 'PATCH' && own !== undefined) {
      own.body = body.body ?? '';
      return [200, own];
    }
    return [404, {}];
  }
}
