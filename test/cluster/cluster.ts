import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as https from 'node:https';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { definitions } from './definitions';
import { programs } from './programs';

/** What an API server answered. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: any object of Kubernetes
  readonly body: any;
}

/** What kubectl did. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How long a server may take to be ready, on a machine that is busy. */
const READY_WITHIN = 180_000;

/**
 * An API server with nothing in it but what it makes itself, and its etcd, on loopback. No controllers run: what is applied
 * stays as it is, and namespaces are gone when `empty` says so.
 */
export class Cluster {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cluster-'));
  private readonly token = randomBytes(16).toString('hex');
  private readonly agent = new https.Agent({ keepAlive: true, maxSockets: 8 });
  private readonly started: ChildProcess[] = [];
  private port = 0;
  private certificate: Buffer = Buffer.alloc(0);

  private constructor() {}

  /**
   * Starts one, with the definitions of the custom resources that the library writes.
   *
   * @throws Error with the last lines of the log, when it does not become ready
   */
  static async start(): Promise<Cluster> {
    const cluster = new Cluster();
    try {
      await cluster.boot();
      await cluster.define();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** Ends the two processes, and forgets what they kept. */
  async stop(): Promise<void> {
    this.agent.destroy();
    for (const child of [...this.started].reverse()) {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((done) => child.once('exit', done));
        child.kill('SIGTERM');
        const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
        await gone;
        clearTimeout(late);
      }
    }
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs kubectl, which is given a text on its standard input. */
  kubectl(args: readonly string[], input = ''): Ran {
    const { kubectl } = programs();
    const { status, stdout, stderr } = spawnSync(kubectl, ['--kubeconfig', this.kubeconfig(), ...args], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { PATH: process.env.PATH, HOME: this.folder, KUBECTL_EXTERNAL_DIFF: 'diff -u -N' },
    });
    return { status, stdout, stderr };
  }

  /** Asks the server itself. Nothing that is asked does more when it is asked twice. */
  async ask(method: string, place: string, body?: object): Promise<Answer> {
    try {
      return await this.send(method, place, body);
    } catch (error) {
      // While kubectl runs nobody sees that the server has closed a connection that was left open.
      if (['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')) {
        return await this.send(method, place, body);
      }
      throw error;
    }
  }

  private send(method: string, place: string, body?: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = https.request(
        {
          method,
          host: '127.0.0.1',
          port: this.port,
          path: place,
          agent: this.agent,
          ca: this.certificate,
          headers: {
            authorization: `Bearer ${this.token}`,
            'content-type': 'application/json',
            accept: 'application/json',
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => {
            const text = Buffer.concat(parts).toString();
            const isJson = response.headers['content-type']?.startsWith('application/json');
            resolve({ status: response.statusCode ?? 0, body: isJson ? JSON.parse(text) : text });
          });
        },
      );
      request.on('error', reject);
      request.end(body && JSON.stringify(body));
    });
  }

  private async boot(): Promise<void> {
    const [client, peer, port] = await freePorts(3);
    this.port = port as number;
    const own = (name: string) => path.join(this.folder, name);
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    fs.writeFileSync(own('accounts.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
    fs.writeFileSync(own('accounts.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
    fs.writeFileSync(own('tokens.csv'), `${this.token},admin,admin,system:masters\n`, { mode: 0o600 });

    const [clients, peers] = [client, peer].map((one) => `http://127.0.0.1:${one}`);
    this.run('etcd', [
      ...['--data-dir', own('etcd'), '--listen-client-urls', clients, '--advertise-client-urls', clients],
      ...['--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers, '--initial-cluster', `default=${peers}`],
    ] as string[]);
    this.run(programs().server, [
      `--etcd-servers=${clients}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${this.port}`,
      `--cert-dir=${own('certificates')}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${own('accounts.pub')}`,
      `--service-account-signing-key-file=${own('accounts.key')}`,
      `--token-auth-file=${own('tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.96.0.0/12',
      // Webhooks: the server would call those that it was just given, and none of them runs. Service accounts: no controller
      // makes the one called default, without which no Pod is taken.
      '--disable-admission-plugins=ValidatingAdmissionWebhook,MutatingAdmissionWebhook,ServiceAccount',
    ]);
    await this.ready(own('certificates/apiserver.crt'));
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'test',
          cluster: {
            server: `https://127.0.0.1:${this.port}`,
            'certificate-authority-data': this.certificate.toString('base64'),
          },
        },
      ],
      users: [{ name: 'admin', user: { token: this.token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
      'current-context': 'test',
    };
    fs.writeFileSync(this.kubeconfig(), JSON.stringify(config), { mode: 0o600 });
  }

  private async ready(certificate: string): Promise<void> {
    for (const end = Date.now() + READY_WITHIN; Date.now() < end; await sleep(200)) {
      const gone = this.started.find(({ exitCode }) => exitCode !== null);
      if (gone !== undefined) {
        throw new Error(`${path.basename(gone.spawnfile)} has stopped:\n${this.lastWords()}`);
      }
      if (fs.existsSync(certificate)) {
        this.certificate = fs.readFileSync(certificate);
        const { status } = await this.ask('GET', '/readyz').catch(() => ({ status: 0 }));
        // The namespace in which tests begin is made after the server has said that it is ready.
        if (status === 200 && (await this.ask('GET', '/api/v1/namespaces/default')).status === 200) {
          return;
        }
      }
    }
    throw new Error(`the API server is not ready after ${READY_WITHIN / 1000} seconds:\n${this.lastWords()}`);
  }

  private async define(): Promise<void> {
    const crds = definitions();
    const place = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    for (const crd of crds) {
      const { status, body } = await this.ask('POST', place, crd);
      if (status !== 201) {
        throw new Error(`the definition ${crd.metadata.name} is refused: ${body.message}`);
      }
    }
    for (const { metadata } of crds) {
      for (const end = Date.now() + READY_WITHIN; ; await sleep(200)) {
        const { body } = await this.ask('GET', `${place}/${metadata.name}`);
        const conditions: { type: string; status: string }[] = body.status?.conditions ?? [];
        if (conditions.some(({ type, status }) => type === 'Established' && status === 'True')) {
          break;
        }
        if (Date.now() > end) {
          throw new Error(`the definition ${metadata.name} is not established: ${JSON.stringify(conditions)}`);
        }
      }
    }
  }

  private run(program: string, args: readonly string[]): void {
    const log = fs.openSync(path.join(this.folder, `${path.basename(program)}.log`), 'a');
    this.started.push(spawn(program, args, { stdio: ['ignore', log, log] }));
    fs.closeSync(log);
  }

  private lastWords(): string {
    const logs = fs.readdirSync(this.folder).filter((name) => name.endsWith('.log'));
    return logs
      .map((name) => fs.readFileSync(path.join(this.folder, name), 'utf8').trimEnd().split('\n').slice(-5).join('\n'))
      .join('\n');
  }

  /** The file with which a client of Kubernetes finds the server. */
  kubeconfig(): string {
    return path.join(this.folder, 'kubeconfig');
  }
}

/** Ports of loopback on which nobody listens. All are held until all are found, so that they differ. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => net.createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
