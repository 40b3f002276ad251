import type { Manifest, Path, Problem, ProblemSeverity } from '../../manifest';
import { hasFields } from '../../manifest/fields/fields';
import { isNear } from '../../manifest/near';
import { placeText } from '../../manifest/place';
import { isMapping, shown } from '../../manifest/value';
import type { ClusterProblemCode } from '../types';

/** Where readers leave what is wrong. */
export type Problems = Problem<ClusterProblemCode>[];

/** A value inside of a manifest that knows its way there, so that whoever dislikes it can say where it stands. */
export class Field {
  private constructor(
    private readonly manifest: Manifest,
    private readonly problems: Problems,
    readonly path: Path,
    readonly value: unknown,
  ) {}

  /** The whole object of a manifest. */
  static of(manifest: Manifest, problems: Problems): Field {
    return new Field(manifest, problems, [], manifest.object);
  }

  /** A place, whatever is there. */
  static at(manifest: Manifest, problems: Problems, path: Path): Field {
    return new Field(manifest, problems, path, undefined);
  }

  /** Neither undefined nor null: an API server makes no difference between the two. */
  get isGiven(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** A member of a mapping; not given where this is none. */
  get(key: string): Field {
    const value = isMapping(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined;
    return new Field(this.manifest, this.problems, [...this.path, key], value);
  }

  /** A member deeper down, whose ancestors are mappings or reported. */
  mappingAt(...keys: string[]): Field {
    let field: Field = this;
    for (const key of keys) {
      field = field.get(key);
      field.checkMapping();
    }
    return field;
  }

  /** The members of a mapping; none where it is not given. */
  members(): [string, Field][] {
    return this.checkMapping()
      ? Object.keys(this.value as object).map((key): [string, Field] => [key, this.get(key)])
      : [];
  }

  /** The items of a list; none where it is not given. */
  items(): Field[] {
    if (!this.isGiven) {
      return [];
    }
    if (!Array.isArray(this.value)) {
      this.wrong('bad-shape', 'give a list');
      return [];
    }
    return this.value.map((item, index) => new Field(this.manifest, this.problems, [...this.path, index], item));
  }

  /** The items of a list of mappings; whatever else is in it is reported and left out, null too. */
  mappings(advice: string): Field[] {
    return this.items().filter((item) => {
      if (!isMapping(item.value)) {
        item.wrong('bad-shape', advice);
      }
      return isMapping(item.value);
    });
  }

  /** Whether this is a mapping; anything else that is given is reported. */
  checkMapping(): boolean {
    if (this.isGiven && !isMapping(this.value)) {
      this.wrong('bad-shape', 'give a mapping');
    }
    return isMapping(this.value);
  }

  /** Reports members that are not known: a typing mistake in a policy changes what it means. Some kinds are checked before. */
  checkKeys(known: readonly string[]): void {
    this.unknown(known, 'error');
  }

  /**
   * Reports members that are not known, where who reads can leave open what they mean.
   *
   * @returns in words, of each what it is; none where all are known
   */
  unknownKeys(known: readonly string[]): readonly string[] {
    return this.unknown(known, 'tolerable').map((member) => `the unknown field ${member.place}`);
  }

  private unknown(known: readonly string[], severity: ProblemSeverity): readonly Field[] {
    const members = this.members();
    const isChecked = hasFields(this.manifest.group, this.manifest.kind);
    const unknown = (isChecked ? [] : members).filter(([key]) => !known.includes(key));
    for (const [key, member] of unknown) {
      const like = known.find((name) => name.toLowerCase() === key.toLowerCase() || isNear(name, key));
      const advice = like === undefined ? `known are ${known.join(', ')}` : `did you mean ${like}?`;
      member.report('unknown-field', `${member.place} is no field of this kind; ${advice}`, severity);
    }
    return unknown.map(([, member]) => member);
  }

  /** Reports the value with what would be right. */
  wrong(code: ClusterProblemCode, advice: string, severity?: ProblemSeverity): void {
    this.report(code, `${this.place} is ${shown(this.value)}; ${advice}`, severity);
  }

  /** Reports a whole sentence. */
  report(code: ClusterProblemCode, message: string, severity: ProblemSeverity = 'error'): void {
    const { kind, name, namespace, source } = this.manifest;
    this.problems.push({
      code,
      ...(severity === 'error' ? {} : { severity }),
      file: source.file,
      line: source.lineOf(this.path),
      message: `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}: ${message}`,
    });
  }

  /** The path as Kubernetes writes it: `spec.ingress[0].from`. */
  get place(): string {
    return placeText(this.path);
  }
}
