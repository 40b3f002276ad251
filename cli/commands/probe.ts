import { type Command, InvalidArgumentError, Option } from 'commander';
import type { InputDegree } from '../../analysis/manifest';
import { collect, formatOption, type Header, inputOption, parseHeader, parseNumber } from '../options';
import type { Expected } from '../probe/expectation';
import type { Mapping } from '../probe/expected-routes';
import { parseShare } from '../probe/expected-shares';
import { parseHeaderName, parsePattern } from '../probe/grouping';
import type { Session } from '../run';

export interface ProbeOptions {
  readonly input: InputDegree;
  readonly format: string;
  readonly count: number;
  readonly rate: number;
  readonly concurrency: number;
  /** In seconds. */
  readonly timeout: number;
  /** In seconds. */
  readonly maxTime: number;
  readonly header?: readonly Header[];
  readonly hostHeader?: string;
  readonly resolve?: string;
  readonly insecure?: boolean;
  readonly keepAlive?: boolean;
  readonly groupBy?: RegExp;
  readonly groupByHeader?: string;
  readonly groupByStatus?: boolean;
  readonly expect?: readonly string[];
  readonly map?: readonly Mapping[];
  readonly class?: string;
  readonly gateway?: string;
  readonly expectShare?: readonly Expected[];
  readonly significance: number;
}

/** More requests than a sample ever needs, and more than a server should have from one probe. */
const MOST_REQUESTS = 100_000;
const HIGHEST_RATE = 1000;

/** Adds the command that measures where requests really go. */
export function addProbe(program: Command, session: Session): void {
  const sending = program
    .command('probe')
    .summary('where requests really go, and whether that is what the manifests say')
    .description(
      'Sends GET requests to a URL, groups the answers, and compares their shares with what the manifests say.\nThe only command that uses the network; it sends to this URL and nowhere else.',
    )
    .argument('<url>', 'where to send to, e.g. http://shop.example.com/')
    .option(
      '-n, --count <n>',
      `requests to send, at most ${MOST_REQUESTS}`,
      parseNumber(1, MOST_REQUESTS, 'whole'),
      400,
    )
    .option('-r, --rate <n>', `requests a second, at most ${HIGHEST_RATE}`, parseNumber(0.01, HIGHEST_RATE), 20)
    .option('-c, --concurrency <n>', 'requests that wait for an answer at a time', parseNumber(1, 100, 'whole'), 10)
    .option('-t, --timeout <seconds>', 'how long to wait for one answer', parseNumber(0.05, 300), 10)
    .option('--max-time <seconds>', 'how long to go on at most', parseNumber(1, 86_400), 600)
    .option('-H, --header <header>', 'a header to send, "Name: value"; again for more', collect(parseHeader))
    .option('--host-header <host>', 'the host to ask for, where the URL has only an address')
    .option('--resolve <host:port:address>', 'the address of the host of the URL, as for curl')
    .option('--insecure', 'take certificates that nobody vouches for, such as self-signed ones')
    .option(
      '--keep-alive',
      'use connections again; by default each request has its own, so that balancers choose anew',
    );
  const ways = ['groupBy', 'groupByHeader', 'groupByStatus'];
  const others = (own: string) => ways.filter((way) => way !== own);
  sending
    .addOption(
      new Option('--group-by <regex>', 'group by what this finds in the body: its first group, or all of it')
        .argParser(parsePattern)
        .conflicts(others('groupBy')),
    )
    .addOption(
      new Option('--group-by-header <name>', 'group by a header of the answer')
        .argParser(parseHeaderName)
        .conflicts(others('groupByHeader')),
    )
    .addOption(new Option('--group-by-status', 'group by status (default)').conflicts(others('groupByStatus')));
  sending
    .addOption(
      new Option('--expect <path>', 'manifests to compare with, again for more')
        .argParser(collect((path: string) => path))
        .conflicts('expectShare'),
    )
    .option('--map <group=service>', 'with --expect: the backend that a group comes from', collect(parseMapping))
    .option('--class <name>', 'with --expect: the ingress class, where the manifests have several')
    .addOption(
      new Option(
        '--gateway <name>',
        'with --expect: the Gateway, NAMESPACE/NAME, where the manifests have several',
      ).conflicts('class'),
    )
    .option('--expect-share <group=share>', 'the share to compare with, e.g. canary=0.05', collect(parseShare))
    .option('--significance <p>', 'a difference counts below this chance', parseNumber(0.000001, 0.5), 0.01)
    .addOption(formatOption(['text', 'json']))
    .addOption(inputOption('strict'))
    .action(async (url: string, options: ProbeOptions) => {
      const { probe } = require('./probe-run') as typeof import('./probe-run.js');
      session.end(await probe(url, options, session));
    });
}

function parseMapping(text: string): Mapping {
  const at = text.lastIndexOf('=');
  if (at < 1 || at === text.length - 1) {
    throw new InvalidArgumentError('Give GROUP=SERVICE, e.g. "v2=frontend-canary".');
  }
  return { group: text.slice(0, at), service: text.slice(at + 1) };
}
