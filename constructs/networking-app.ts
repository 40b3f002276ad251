import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { constructMetadata } from './construct-metadata';
import { duplicates, isAlternative, markAlternative, type Written } from './duplicates';
import { fields } from './fields';
import { fileOf } from './file-of';
import { hasJudge, type Judge, type JudgedFile, providedJudge } from './judge';
import { keepBelow, keptObject } from './kept/kept-objects';
import { orderedObjects } from './object-order';
import { replaceFolder, writeFiles } from './output-folder';
import { patchable } from './patchable';
import { refuseAs } from './refusal';
import { flag, type Problems, shown } from './values';
import { yamlOf } from './yaml';

/** Settings of a `NetworkingApp`. */
export interface NetworkingAppProps {
  /**
   * The folder that receives the manifests.
   *
   * The variable CDK8S_OUTDIR, which the `cdk8s synth` command sets, wins.
   *
   * @default "dist"
   */
  readonly outdir?: string;

  /**
   * A folder that `cdk8s synth` may empty before the app runs, named as `output` in cdk8s.yaml.
   *
   * When the command asks for this folder, the manifests are written there and `outdir` is then replaced as a whole.
   * An app that fails so leaves `outdir` as it was; with `output: dist` the command would have emptied it already. Neither of
   * the two may be within the other.
   *
   * @default - none: the folder that the command asks for is the only one that is written
   */
  readonly staging?: string;

  /**
   * Whether the manifests are checked before anything is written, as the command `cdk8s-networking check` checks them.
   *
   * Errors are refused like all else that is wrong with the app; warnings are written to standard error. What is in the file
   * `cdk8s-networking.yaml` of the folder in which the app runs holds here too. With the `cdk8s` command, the validation plugin does
   * the same and shows it as a report.
   *
   * @default false
   */
  readonly validate?: boolean;
}

/** One file of manifests. */
export interface ManifestFile {
  /** The file's path below the output folder, with forward slashes, e.g. `argocd/root.k8s.yaml`. */
  readonly path: string;
  /** The Kubernetes objects in the order of the file. */
  // biome-ignore lint/suspicious/noExplicitAny: a Kubernetes object is what its kind says it is
  readonly objects: any[];
}

/**
 * An app that writes one file per chart under a name that never changes.
 *
 * - A chart's file is called as its path in the construct tree: `new Chart(app, 'shop')` is `shop.k8s.yaml`, and a chart
 *   below a plain construct `argocd` stands in the folder `argocd/`. Adding a chart renames no other file.
 * - Namespaces come first within a file; otherwise objects stand in the order of creation, after what they depend on.
 * - Nothing is written before every construct has been validated and every file has been rendered.
 * - Objects are written as an API server keeps them, also those of cdk8s-plus: see `normalize`.
 * - The work grows in proportion to the constructs, also when charts depend on each other.
 *
 * @throws Error when a setting is wrong.
 * @see https://cdk8s.io/docs/latest/basics/app/
 *
 * @example
 *
 *   const app = new NetworkingApp({ outdir: 'dist', staging: '.synth' });
 *   new Game2048(new Chart(app, 'game'), 'game');
 *   app.synth();
 */
export class NetworkingApp extends App {
  /**
   * Says that charts are applied in the place of others: variants of which one at a time is on the cluster. What they write
   * may be written by other charts of the app too, which is otherwise refused.
   *
   * @param construct a chart, or a construct that such charts stand below
   * @throws Error when it is no construct.
   */
  public static alternative(construct: IConstruct): void {
    refuseAs('NetworkingApp.alternative', constructProblems(construct));
    markAlternative(construct);
  }

  /**
   * Has what stands below a construct written as an API server keeps it, in an app of cdk8s' own; a `NetworkingApp` writes
   * everything so. Objects of cdk8s-plus say `hostNetwork: false`, `externalIPs: []` and `1000m`, which an API server leaves
   * out or writes as `1`, so that they would differ from what is on the cluster for ever. Objects of kinds that a
   * CustomResourceDefinition brings stay as they are.
   *
   * @param construct a chart, or a construct that objects or charts stand below; those that are made later are meant too
   * @throws Error when it is no construct.
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
   *
   * @example
   *
   *   const chart = new Chart(new App(), 'shop');
   *   NetworkingApp.normalize(chart);
   */
  public static normalize(construct: IConstruct): void {
    refuseAs('NetworkingApp.normalize', constructProblems(construct));
    keepBelow(construct);
  }

  private readonly folder: string;
  private readonly published: string | undefined;
  private readonly judge: Judge | undefined;

  constructor(props: NetworkingAppProps = {}) {
    refuseAs('NetworkingApp', problemsOf(props));
    const { outdir = 'dist' } = props;
    const requested = process.env.CDK8S_OUTDIR || outdir;
    super({ outdir: requested });
    this.folder = requested;
    this.published = props.staging !== undefined && same(requested, props.staging) ? outdir : undefined;
    this.judge = props.validate === true ? providedJudge() : undefined;
  }

  /** Every chart of the app, in the order of creation. */
  override get charts(): Chart[] {
    return this.node.findAll().filter(Chart.isChart);
  }

  /**
   * Validates the app and renders the objects of every file; nothing is written.
   *
   * @throws Error when a construct is not valid, listing every problem under the path of its construct; when an id
   * cannot be a file name; when two objects have the same kind, namespace and name, in one file or in two, but for those of
   * an `alternative`.
   */
  public manifestFiles(): ManifestFile[] {
    return this.rendered().files;
  }

  /**
   * Writes the manifests.
   *
   * @throws Error as `manifestFiles` does; the output folder is then as it was.
   */
  public override synth(): void {
    const { written, files: rendered, told } = this.rendered();
    const files = new Map(rendered.map((file) => [file.path, yamlOf(file.objects)]));
    writeFiles(this.folder, files);
    // What `cdk8s synth` reads to name constructs in the reports of validation plugins.
    if (process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true') {
      const metadata = JSON.stringify(constructMetadata(written, this.published));
      fs.writeFileSync(path.join(this.folder, 'construct-metadata.json'), metadata);
    }
    if (this.published !== undefined) {
      replaceFolder(this.published, files);
    }
    for (const line of told) {
      console.warn(line);
    }
  }

  /**
   * All manifests of the app as one YAML text, namespaces first, so that a cluster that has none of them takes it at once.
   *
   * @throws Error as `manifestFiles` does.
   */
  public override synthYaml(): string {
    const all = this.manifestFiles().flatMap((file) => file.objects);
    return yamlOf([...all.filter(isNamespace), ...all.filter((object) => !isNamespace(object))]);
  }

  /** What every chart writes, as it is written, and what is worth knowing about it. */
  private rendered(): { written: readonly Written[]; files: ManifestFile[]; told: readonly string[] } {
    const written = this.written();
    const files = written.map(({ chart, objects }) => ({
      path: fileOf(chart),
      objects: objects.map((object) => keptObject(patchable(object).toJson())),
    }));
    const { refused, told } = this.judge?.(judgedFiles(written, files)) ?? { refused: [], told: [] };
    if (refused.length > 0) {
      throw new Error(refused.join('\n'));
    }
    return { written, files, told };
  }

  private written(): readonly Written[] {
    const problems = this.node
      .findAll()
      .flatMap((construct) => construct.node.validate().map((problem) => withPath(construct.node.path, problem)));
    const files = this.charts
      .map((chart) => ({ chart, objects: orderedObjects(chart) }))
      .filter(({ objects }) => objects.length > 0);
    problems.push(...duplicates(files), ...fileNameProblems(files));
    if (problems.length > 0) {
      throw new Error(problems.join('\n'));
    }
    return files;
  }
}

function isNamespace({ apiVersion, kind }: ManifestFile['objects'][number]): boolean {
  return apiVersion === 'v1' && kind === 'Namespace';
}

function judgedFiles(written: readonly Written[], files: readonly ManifestFile[]): readonly JudgedFile[] {
  return written.map(({ chart, objects }, at) => ({
    isAlternative: isAlternative(chart),
    objects: objects.map((object, index) => ({ path: object.node.path, object: files[at]?.objects[index] })),
  }));
}

const PROPS = fields({ outdir: folder, staging: folder, validate: judged });

function folder(what: string, value: unknown): Problems {
  return typeof value === 'string' && value.trim() !== '' && !/\p{Cc}/u.test(value)
    ? []
    : [`${what} is ${shown(value)}; give a folder such as "dist"`];
}

function judged(what: string, value: unknown): Problems {
  const problems = flag(what, value);
  return value !== true || hasJudge()
    ? problems
    : [
        `${what} is true, and nothing that checks is loaded; import cdk8s-networking, or cdk8s-networking/validation too`,
      ];
}

function problemsOf(props: NetworkingAppProps): Problems {
  const problems = PROPS('', props);
  const { outdir = 'dist', staging } = Object(props) as NetworkingAppProps;
  if (problems.length > 0 || staging === undefined || !(isWithin(outdir, staging) || isWithin(staging, outdir))) {
    return problems;
  }
  return [`staging is ${shown(staging)}; give a folder apart from outdir, ${shown(outdir)}, since both are emptied`];
}

function constructProblems(given: unknown): Problems {
  return Construct.isConstruct(given)
    ? []
    : [`the construct is ${shown(given)}; give a chart, or a construct that charts stand below`];
}

function isWithin(folder: string, outer: string): boolean {
  const way = path.relative(outer, folder);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

function same(a: string, b: string): boolean {
  return path.resolve(a) === path.resolve(b);
}

function withPath(at: string, problem: string): string {
  return problem.startsWith(`${at}:`) ? problem : `${at}: ${problem}`;
}

function fileNameProblems(files: readonly { chart: Chart }[]): string[] {
  const problems: string[] = [];
  const taken = new Map<string, string>();
  for (const { chart } of files) {
    const at = chart.node.path;
    if (!at.split('/').every((part) => /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(part))) {
      problems.push(`${at}: the id of a chart names its file; use letters, digits, ".", "_" and "-"`);
    }
    const other = taken.get(at.toLowerCase());
    if (other !== undefined) {
      problems.push(`${at}: its file differs from that of ${other} in upper and lower case only; rename one`);
    }
    taken.set(at.toLowerCase(), at);
  }
  return problems;
}
