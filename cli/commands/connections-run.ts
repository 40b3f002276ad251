import { Cluster, type ClusterOptions, NODE, overviewOf, type Peer, peerText } from '../../analysis/connectivity';
import { judged } from '../../analysis/manifest';
import type { ConnectionsAnswer } from '../../report/connections/answer';
import { connectionsCsv } from '../../report/connections/csv';
import { connectionsDot } from '../../report/connections/dot';
import { explanationsCsv, explanationsMarkdown, explanationsText } from '../../report/connections/explain';
import { connectionsJson } from '../../report/connections/json';
import { connectionsMarkdown } from '../../report/connections/markdown';
import { type Matrix, matrixCsv, matrixMarkdown, matrixText } from '../../report/connections/matrix';
import { connectionsMermaid } from '../../report/connections/mermaid';
import { namesNode } from '../../report/connections/named';
import { connectionsText } from '../../report/connections/text';
import { problemLines } from '../../report/problems';
import type { Style } from '../../report/style';
import { Question } from '../connections/question';
import { type Screen, toldExplanations, toldText } from '../connections/told';
import { type Input, readInput } from '../input';
import type { ClusterSettings } from '../options';
import type { Output } from '../output';
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
  const input = await readInput(paths, io, options.namespace);
  const node = namesNode([...(options.from ?? []), ...(options.to ?? [])]);
  const cluster = clusterOf(input, { ...options, node }, output);
  const question = new Question(cluster, options);
  for (const line of problemLines(question.notes(), { label: 'note: ' })) {
    output.say(line);
  }
  await output.write(answerOf(question, options, { style: styleOf(io.stdout, io), width: io.stdout.columns }));
  return 0;
}

/** @throws Refusal for everything in the input that is wrong */
export function clusterOf(
  input: Input,
  settings: ClusterSettings & Pick<ClusterOptions, 'node'>,
  output: Output,
): Cluster {
  const { controller, input: degree } = settings;
  try {
    const cluster = Cluster.from(input, settings);
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

function answerOf(
  question: Question,
  { format, matrix, explain, all }: ConnectionsOptions,
  screen: Screen,
): Iterable<string> {
  const { style, width } = screen;
  if (matrix) {
    const forms = { text: matrixText, csv: matrixCsv, markdown: matrixMarkdown };
    return formOf(forms, format, '--matrix')(matrixOf(question), style);
  }
  if (explain) {
    const text = () => toldExplanations(question, explanationsText, screen);
    return formOf(
      { text, csv: explanationsCsv, markdown: explanationsMarkdown },
      format,
      '--explain',
    )(question.explanations(), style);
  }
  const isTold = format === 'text';
  const isWhole = isTold || format === 'json';
  const overview = isTold && !all && question.isWhole ? overviewOf(question.cluster) : undefined;
  const told = isWhole && !all ? { inVain: question.inVain() } : {};
  const answer = { ...listOf(question), ...told, ...(isWhole ? { doubtful: question.doubtful(), overview } : {}) };
  const text = () => (all ? connectionsText(answer, style, width) : toldText(question, answer, screen));
  return formOf({ text, ...FORMATS }, format)(answer, style);
}

function listOf(question: Question): ConnectionsAnswer {
  const { workloads, externals, warnings } = question.cluster;
  return {
    workloads: workloads.filter((workload) => workload !== NODE),
    externals,
    connections: question.connections(),
    rows: question.rows(),
    exposures: question.exposures(),
    unseen: question.unseen(false),
    unmet: question.unseen(true),
    warnings: [...warnings, ...question.notes()],
  };
}

function matrixOf({ cluster, from: sources, to: targets, port }: Question): Matrix {
  const all = [...cluster.workloads, ...cluster.externals];
  const [from, to] = [sources ?? all, targets ?? all];
  const columns = new Map(to.map((peer, index) => [peerText(peer), index]));
  const row = (source: Peer) =>
    new Map(
      [...cluster.connections({ from: [source], to: targets, port })].map(
        ({ to, ports }) => [columns.get(peerText(to)) as number, ports] as const,
      ),
    );
  return { from, to, row, onePort: port !== undefined };
}

type Report<Answer> = (answer: Answer, style: Style) => Iterable<string>;

const FORMATS: Readonly<Record<string, Report<ConnectionsAnswer>>> = {
  json: connectionsJson,
  csv: connectionsCsv,
  markdown: connectionsMarkdown,
  dot: connectionsDot,
  mermaid: connectionsMermaid,
};

function formOf<Answer>(
  forms: Readonly<Record<string, Report<Answer>>>,
  format: string,
  option = 'this',
): Report<Answer> {
  const form = forms[format];
  if (form === undefined) {
    throw new Refusal([`${option} can't be had as ${format}; give --format ${Object.keys(forms).join(' or ')}`]);
  }
  return form;
}
