import {
  Cluster,
  type Connection,
  type Explanation,
  type Exposure,
  isExternal,
  type Peer,
  peerText,
  type UnseenConnection,
} from '../../analysis/connectivity';
import { judged } from '../../analysis/manifest';
import type { ConnectionsAnswer } from '../../report/connections/answer';
import { connectionsCsv } from '../../report/connections/csv';
import { connectionsDot } from '../../report/connections/dot';
import { explanationsCsv, explanationsMarkdown, explanationsText } from '../../report/connections/explain';
import { connectionsJson } from '../../report/connections/json';
import { connectionsMarkdown } from '../../report/connections/markdown';
import { type Matrix, matrixCsv, matrixMarkdown, matrixText } from '../../report/connections/matrix';
import { connectionsMermaid } from '../../report/connections/mermaid';
import { connectionsText } from '../../report/connections/text';
import { problemLines } from '../../report/problems';
import type { Style } from '../../report/style';
import { type Input, readInput } from '../input';
import type { Output } from '../output';
import { NamedPeers } from '../peers';
import { Refusal } from '../refusal';
import type { Session } from '../run';
import { styleOf } from '../style';
import { settle } from '../warnings';
import type { ConnectionsOptions } from './connections';

/** Answers who can connect to whom. */
export async function connections(
  paths: readonly string[],
  options: ConnectionsOptions,
  { io, output }: Session,
): Promise<number> {
  const input = await readInput(paths, io);
  const cluster = clusterOf(input, options, output);
  const asked = new Question(cluster, options);
  for (const line of problemLines(cluster.notes, { label: 'note: ' })) {
    output.say(line);
  }
  await output.write(asked.answer(styleOf(io.stdout, io)));
  return 0;
}

/** @throws Refusal for everything in the input that is wrong */
export function clusterOf(
  input: Input,
  {
    hostNetwork,
    nodes,
    ipBlocks,
    controller,
    input: degree,
  }: Pick<ConnectionsOptions, 'hostNetwork' | 'nodes' | 'ipBlocks' | 'controller' | 'input'>,
  output: Output,
): Cluster {
  try {
    const cluster = Cluster.from(input, { hostNetwork, nodes, ipBlocks, controller, input: degree });
    const { problems, warnings } = cluster;
    settle({ problems: [...input.unread, ...problems], warnings }, degree, output);
    return cluster;
  } catch (error) {
    if (error instanceof RangeError && controller !== undefined) {
      const { problems } = judged(input.problems, degree);
      throw new Refusal([...problemLines([...input.unread, ...problems]), `--${error.message}`]);
    }
    throw error;
  }
}

/** What was asked of a cluster. */
class Question {
  private readonly from: readonly Peer[] | undefined;
  private readonly to: readonly Peer[] | undefined;

  constructor(
    private readonly cluster: Cluster,
    private readonly options: ConnectionsOptions,
  ) {
    const named = new NamedPeers(cluster);
    this.from = named.find(options.from, '--from');
    this.to = named.find(options.to, '--to');
    named.check();
  }

  answer(style: Style): Iterable<string> {
    const { format, matrix, explain } = this.options;
    return matrix
      ? formatted(
          format,
          '--matrix',
          this.matrix(),
          { text: matrixText, csv: matrixCsv, markdown: matrixMarkdown },
          style,
        )
      : explain
        ? formatted(
            format,
            '--explain',
            this.explanations(),
            { text: explanationsText, csv: explanationsCsv, markdown: explanationsMarkdown },
            style,
          )
        : formatted(format, '', this.list(), FORMATS, style);
  }

  private connections(): Iterable<Connection> {
    const { cluster, from, to } = this;
    return cluster.connections({ from, to, port: this.options.port });
  }

  private list(): ConnectionsAnswer {
    const { workloads, externals, warnings, notes } = this.cluster;
    return {
      workloads,
      externals,
      connections: this.connections(),
      exposures: this.exposures(),
      unseen: this.unseen(false),
      unmet: this.unseen(true),
      warnings: [...warnings, ...notes],
    };
  }

  /** Pods that no manifest shows are none of the peers that somebody names: who names both ends does not ask for them. */
  private unseen(unmet: boolean): Iterable<UnseenConnection> {
    const { cluster, from, to } = this;
    const workloads = (peers: readonly Peer[] | undefined) => peers?.filter((peer) => !isExternal(peer));
    return cluster.unseen({ from: workloads(from), to: workloads(to), port: this.options.port }, unmet);
  }

  /** An exposure is a way to its workload, and comes from its controller. */
  private exposures(): ConnectionsAnswer['exposures'] {
    const { port } = this.options;
    const [from, to] = [this.from, this.to].map((peers) => peers && new Set(peers.map(peerText)));
    return this.cluster
      .exposures()
      .filter(
        (exposure) =>
          (to === undefined || (exposure.to !== null && to.has(peerText(exposure.to)))) &&
          (from === undefined || this.comesFrom(exposure, from)) &&
          (port === undefined || (port.port === exposure.port && port.protocol === exposure.protocol)),
      );
  }

  private comesFrom({ via, controller: { workload } }: Exposure, from: ReadonlySet<string>): boolean {
    return workload === undefined
      ? via.kind === 'Service' && (this.from ?? []).some(isExternal)
      : from.has(peerText(workload));
  }

  private matrix(): Matrix {
    const { cluster } = this;
    const { port } = this.options;
    const all = [...cluster.workloads, ...cluster.externals];
    const [from, to] = [this.from ?? all, this.to ?? all];
    const columns = new Map(to.map((peer, index) => [peerText(peer), index]));
    const row = (source: Peer) =>
      new Map(
        [...cluster.connections({ from: [source], to: this.to, port })].map(
          ({ to, ports }) => [columns.get(peerText(to)) as number, ports] as const,
        ),
      );
    return { from, to, row, onePort: port !== undefined };
  }

  /** Why what is open is open; between named peers, also why the rest is closed. */
  private *explanations(): Generator<Explanation> {
    const { cluster, from, to } = this;
    const { port } = this.options;
    if (from === undefined || to === undefined) {
      for (const connection of this.connections()) {
        yield cluster.explain(connection.from, connection.to, port);
      }
      return;
    }
    for (const source of from) {
      for (const target of to) {
        if (source !== target && !(isExternal(source) && isExternal(target))) {
          yield cluster.explain(source, target, port);
        }
      }
    }
  }
}

type Report<Answer> = (answer: Answer, style: Style) => Iterable<string>;

const FORMATS: Readonly<Record<string, Report<ConnectionsAnswer>>> = {
  text: connectionsText,
  json: connectionsJson,
  csv: connectionsCsv,
  markdown: connectionsMarkdown,
  dot: connectionsDot,
  mermaid: connectionsMermaid,
};

function formatted<Answer>(
  format: string,
  option: string,
  answer: Answer,
  formats: Readonly<Record<string, Report<Answer>>>,
  style: Style,
): Iterable<string> {
  const report = formats[format];
  if (report === undefined) {
    throw new Refusal([`${option} can't be had as ${format}; give --format ${Object.keys(formats).join(' or ')}`]);
  }
  return report(answer, style);
}
