import type { Manifest, Path } from '../../analysis/manifest';
import { isMapping } from '../../analysis/manifest/value';
import { APPLIED, slimmed } from './slim';

/** Manifests as a page carries them: JSON, with the line of every field. */
export interface Packed {
  readonly files: readonly string[];
  readonly manifests: readonly PackedManifest[];
}

export interface PackedManifest extends Pick<Manifest, 'apiVersion' | 'group' | 'kind' | 'name' | 'object'> {
  readonly namespace?: string;
  readonly labels: readonly (readonly [string, string])[];
  readonly annotations: readonly (readonly [string, string])[];
  /** The place of its file in `files`. */
  readonly file: number;
  /** The line of the object and of each of its fields, in the order of JSON: how far each is behind the one before. */
  readonly lines: readonly number[];
}

/** Packs what answers about connections and requests need of some manifests. */
export function packed(manifests: readonly Manifest[]): Packed {
  const files = new Map<string, number>();
  const all = slimmed(manifests).map(({ manifest, object }): PackedManifest => {
    const { apiVersion, group, kind, name, namespace, labels, annotations, source } = manifest;
    const file = files.get(source.file) ?? files.size;
    files.set(source.file, file);
    return {
      apiVersion,
      group,
      kind,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: [...labels],
      annotations: [...annotations].filter(([key]) => key !== APPLIED),
      object,
      file,
      lines: linesOf(manifest, object),
    };
  });
  return { files: [...files.keys()], manifests: all };
}

/** The manifests of a page, as reading the files gave them. */
export function unpacked({ files, manifests }: Packed): readonly Manifest[] {
  return manifests.map(({ namespace, labels, annotations, file, lines, ...rest }) => ({
    ...rest,
    namespace,
    labels: new Map(labels),
    annotations: new Map(annotations),
    source: new PackedSource(files[file] as string, rest.object, lines),
  }));
}

function linesOf({ source }: Manifest, object: unknown): number[] {
  const lines: number[] = [];
  let last = 0;
  for (const path of paths(object)) {
    const line = path.length === 0 ? source.line : source.lineOf(path);
    lines.push(line - last);
    last = line;
  }
  return lines;
}

/** The way to an object and to each of its fields, always in the same order. */
function* paths(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  const steps = Array.isArray(value) ? value.entries() : isMapping(value) ? Object.entries(value) : [];
  for (const [step, item] of steps) {
    yield* paths(item, [...path, step]);
  }
}

/** Where a packed object stands. A page shows lines alone. */
class PackedSource {
  private known: Map<string, number> | undefined;

  constructor(
    readonly file: string,
    private readonly object: unknown,
    private readonly lines: readonly number[],
  ) {}

  get line(): number {
    return this.lines[0] ?? 0;
  }

  lineOf(path: Path): number {
    this.known ??= this.read();
    for (let length = path.length; length >= 0; length--) {
      const line = this.known.get(JSON.stringify(path.slice(0, length)));
      if (line !== undefined) {
        return line;
      }
    }
    return this.line;
  }

  columnOf(): number {
    return 0;
  }

  spanOf(): undefined {
    return undefined;
  }

  private read(): Map<string, number> {
    let line = 0;
    const found = new Map<string, number>();
    let at = 0;
    for (const path of paths(this.object)) {
      line += this.lines[at++] ?? 0;
      found.set(JSON.stringify(path), line);
    }
    return found;
  }
}
