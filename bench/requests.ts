import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, commandMeasured } from './command';
import { megabytes, micros, printTable, seconds } from './table';

/**
 * `route --requests`, from the file to the last answer: `npm run bench requests`.
 *
 * With `NODE_OPTIONS=--max-old-space-size=160` it takes no more memory than that, however many requests there are; without, Node
 * collects garbage less often.
 */
interface Size {
  readonly requests: number;
  readonly format: 'json' | 'text';
}

interface Result extends Command {
  readonly megabytes: number;
}

const SIZES: readonly Size[] = [
  { requests: 10_000, format: 'json' },
  { requests: 100_000, format: 'json' },
  { requests: 1_000_000, format: 'json' },
  { requests: 100_000, format: 'text' },
  { requests: 1_000_000, format: 'text' },
];

const INGRESSES = 5_000;

function ingresses(): object[] {
  return Array.from({ length: INGRESSES }, (_, index) => {
    const name = `web-${index}`;
    const paths = ['/', '/cart', '/login', '/about'].map((path) => ({
      path,
      pathType: 'Prefix',
      backend: { service: { name, port: { number: 80 } } },
    }));
    return [
      { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ port: 80 }] } },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name },
        spec: { ingressClassName: 'nginx', rules: [{ host: `${name}.example.com`, http: { paths } }] },
      },
    ];
  }).flat();
}

function writeRequests(file: string, count: number): void {
  const to = openSync(file, 'w');
  for (let index = 0; index < count; index += 1_000) {
    const some = Array.from({ length: Math.min(1_000, count - index) }, (_, at) =>
      JSON.stringify({ url: `https://web-${((index + at) * 7919) % INGRESSES}.example.com/cart/${index + at}` }),
    );
    writeSync(to, `${index === 0 ? '[' : ','}\n${some.join(',\n')}`);
  }
  writeSync(to, ']\n');
  closeSync(to);
}

async function measure({ requests, format }: Size): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const list = { apiVersion: 'v1', kind: 'List', items: ingresses() };
    writeFileSync(join(folder, 'ingresses.json'), JSON.stringify(list));
    writeRequests(join(folder, 'requests.json'), requests);
    const argv = ['route', 'ingresses.json', '--requests', 'requests.json', '--format', format];
    return { ...(await commandMeasured(argv, folder)), megabytes: megabytes() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

printTable({
  file: __filename,
  heads: ['requests', 'format', 'lines', 'time', 'of a request', 'memory'],
  sizes: SIZES,
  measure,
  cells: ({ requests, format }, { lines, time, megabytes }) => [
    requests,
    format,
    lines,
    seconds(time),
    micros((time / requests) * 1000),
    `${megabytes} MB`,
  ],
});
