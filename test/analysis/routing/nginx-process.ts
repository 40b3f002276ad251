import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled } from '../../helpers/installed';

/** Whether nginx is installed. */
export function hasNginx(): boolean {
  return isInstalled('nginx', '-v');
}

/** What a server answered. */
export interface Answered {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string;
}

/** A real nginx on sockets below a folder of its own. */
export class Nginx {
  private readonly folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  private process: ChildProcess | undefined;

  /** The name of a socket, for `listen` and `proxy_pass`. */
  socket(name: string): string {
    return `unix:${join(this.folder, name)}`;
  }

  /** What `nginx -t` says of a configuration of `http`; empty where it is right. */
  test(http: string): string {
    const { stderr, status } = spawnSync('nginx', ['-t', ...this.arguments(http)]);
    return status === 0 ? '' : String(stderr);
  }

  /** Starts nginx, and waits until it listens: it then says its number. */
  async start(http: string): Promise<void> {
    this.process = spawn('nginx', this.arguments(http), { stdio: 'ignore' });
    const deadline = Date.now() + 20_000;
    while (!existsSync(join(this.folder, 'pid'))) {
      if (this.process.exitCode !== null || Date.now() > deadline) {
        throw new Error(`nginx did not start: ${readFileSync(join(this.folder, 'error.log'), 'utf8')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Asks, with the path as it is. */
  ask(socket: string, path: string, headers: Readonly<Record<string, string>>): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const options = { socketPath: join(this.folder, socket), path, headers, agent: false };
      const take = (response: IncomingMessage) => {
        let body = '';
        response.setEncoding('latin1');
        response.on('data', (text: string) => {
          body += text;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, location: response.headers.location, body }),
        );
      };
      request(options, take).on('error', reject).end();
    });
  }

  async stop(): Promise<void> {
    const { process: running } = this;
    if (running !== undefined && running.exitCode === null && running.signalCode === null) {
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private arguments(http: string): string[] {
    const file = join(this.folder, 'nginx.conf');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const paths = temporary.map((name) => `${name}_temp_path ${join(this.folder, name)};`).join(' ');
    const log = join(this.folder, 'error.log');
    writeFileSync(
      file,
      `daemon off; master_process off; pid ${join(this.folder, 'pid')}; error_log ${log} crit;
events { worker_connections 1024; }
http { access_log off; ${paths} server_names_hash_bucket_size 128; map_hash_bucket_size 256;
${http}
}
`,
    );
    return ['-p', this.folder, '-e', log, '-c', file];
  }
}

/** A text between quotes of a configuration. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
