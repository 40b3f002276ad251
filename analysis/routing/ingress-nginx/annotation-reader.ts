import type { Manifest, Path } from '../../manifest';
import { brief } from '../brief';
import type { Findings } from '../problems';
import type { Secrets } from '../secrets';
import { boolOf, intOf, textOf } from './annotation-values';
import { KNOWN_ANNOTATIONS, type KnownAnnotation } from './known-annotations';
import { isFrom, releaseText } from './release';
import type { Settings } from './settings';
import { isReadable } from './value-checks';

/** What becomes of a value that the controller does not take. */
export type MistakeEffect =
  /** It counts as not given. */
  | 'absent'
  /** The whole Ingress is ignored. */
  | 'dropped'
  /** Every request is answered 503. */
  | 'denied'
  /** nginx refuses its whole configuration. */
  | 'refused';

/** An annotation whose value the controller does not take as it is meant. */
export interface AnnotationMistake {
  /** With prefix. */
  readonly key: string;
  /** The value for readers, without what may be secret in it. */
  readonly value: string;
  readonly effect: MistakeEffect;
  /** What becomes of it, in words that follow the value. */
  readonly taken: string;
  readonly advice: string;
}

/**
 * The annotations of one Ingress under the prefix of the controller, each with the checks that the controller makes. What
 * fails them is told once, with what the controller takes instead.
 */
export class AnnotationReader {
  /** Why the controller ignores the whole Ingress; `undefined` where it does not. */
  dropped: string | undefined;
  /** Whether other releases make something else of these values. */
  dependsOnRelease = false;
  /** All values that the controller takes otherwise than they are meant. */
  readonly mistakes: AnnotationMistake[] = [];
  private readonly values = new Map<string, string>();
  /** The names that somebody has looked at. */
  private readonly seen = new Set<string>();
  /** What counts as not given. */
  private readonly absent = new Set<string>();

  constructor(
    readonly manifest: Manifest,
    readonly settings: Settings,
    readonly findings: Findings,
    readonly secrets: Secrets,
  ) {
    const prefix = this.key('');
    for (const [key, value] of manifest.annotations) {
      if (key.startsWith(prefix)) {
        this.values.set(key.slice(prefix.length), value);
      }
    }
    for (const [name, value] of this.values) {
      const known = KNOWN_ANNOTATIONS.get(name);
      if (known !== undefined) {
        this.examine(name, value, known);
      }
    }
  }

  /** The names that are given, without prefix. */
  get names(): Iterable<string> {
    return this.values.keys();
  }

  /** The value as written; `undefined` where it is not given. */
  raw(name: string): string | undefined {
    this.seen.add(name);
    return this.values.get(name);
  }

  /** The same, without having looked at it. */
  peek(name: string): string | undefined {
    return this.absent.has(name) ? undefined : this.values.get(name);
  }

  /** Forgets who has looked at what. */
  forget(): void {
    this.seen.clear();
  }

  /** What nobody has looked at since, each with its value, in the order of the names. */
  unread(): readonly string[] {
    return [...this.values.keys()]
      .filter((name) => !this.seen.has(name) && !this.absent.has(name))
      .sort()
      .map((name) => `${name} ${this.shown(name)}, which is not read`);
  }

  key(name: string): string {
    return `${this.settings.annotationPrefix}/${name}`;
  }

  /** A yes or no. */
  bool(name: string): boolean | undefined {
    return boolOf(this.valid(name) ?? '');
  }

  /** A whole number. */
  int(name: string): number | undefined {
    return intOf(this.valid(name) ?? '');
  }

  /** A text without the spaces around it. */
  text(name: string): string | undefined {
    const value = this.valid(name);
    return value === undefined ? undefined : textOf(value);
  }

  /** The value as written, where it does not count as not given. */
  valid(name: string): string | undefined {
    return this.absent.has(name) ? undefined : this.raw(name);
  }

  /** The value for readers, without what may be secret in it. */
  shown(name: string): string {
    return brief(this.raw(name) ?? '', name.endsWith('-snippet'));
  }

  /** Reports a value that the controller takes otherwise than it is meant. */
  wrong(name: string, taken: string, advice: string, effect: MistakeEffect = 'absent'): void {
    const message = this.mistake(name, taken, advice, effect);
    this.findings.tolerable(this.manifest, this.at(name), 'bad-annotation', message);
  }

  /** Reports a value for which nginx refuses its whole configuration. */
  refused(name: string, advice: string): void {
    const message = this.mistake(name, 'for which nginx refuses its whole configuration', advice, 'refused');
    this.findings.problem(this.manifest, this.at(name), 'bad-configuration', message);
  }

  private mistake(name: string, taken: string, advice: string, effect: MistakeEffect): string {
    const [key, value] = [this.key(name), this.shown(name)];
    this.mistakes.push({ key, value, effect, taken, advice });
    return `annotation ${key} is ${value}, ${taken}; ${advice}`;
  }

  private at(name: string): Path {
    return ['metadata', 'annotations', this.key(name)];
  }

  /** Notes an annotation that does nothing. */
  idle(name: string, message: string): void {
    this.findings.note(this.manifest, this.at(name), 'no-effect', `${this.key(name)} ${message}`);
  }

  private examine(name: string, value: string, known: KnownAnnotation): void {
    const { check, since } = known;
    if (since !== undefined) {
      this.dependsOnRelease = true;
      if (!isFrom(this.settings.release, since.minor)) {
        this.absent.add(name);
        this.idle(
          name,
          `does nothing in release ${releaseText(this.settings.release)}; releases from 1.${since.minor} read it`,
        );
        return;
      }
    }
    if (known.failure === 'denies' || !this.isRead(name, known)) {
      return;
    }
    // Empty values are not checked, and come to nothing in the parser.
    const passes = value === '' || check.allows(value);
    if (!passes && (check.kind === 'text' || known.failure === 'drops')) {
      this.dependsOnRelease = true;
    }
    if (!passes && this.settings.validatesAnnotations) {
      this.fail(name, known);
    } else if (!isReadable(check, value)) {
      this.ignore(name, known);
    }
  }

  /** Whether the parser comes to this annotation at all. */
  private isRead(name: string, { beside }: KnownAnnotation): boolean {
    if (name.startsWith('permanent-redirect') && this.values.get('temporal-redirect')) {
      return false;
    }
    return beside === undefined || this.values.has(beside);
  }

  private fail(name: string, known: KnownAnnotation): void {
    const { check, failure } = known;
    if (failure === 'absent') {
      this.ignore(name, known);
      return;
    }
    const { release, isReleaseKnown } = this.settings;
    const text = releaseText(release);
    const which = isReleaseKnown ? `release ${text} ignores` : `releases from 1.12 ignore`;
    const taken = `for which ${which} the whole Ingress${isReleaseKnown ? '' : `, and release ${text} is assumed`}`;
    this.absent.add(name);
    this.dropped ??= `annotation ${this.key(name)} is ${this.shown(name)}, for which ${which} the whole Ingress`;
    this.wrong(name, taken, check.advice, 'dropped');
  }

  private ignore(name: string, { check, unreadable = 'which counts as not given' }: KnownAnnotation): void {
    this.absent.add(name);
    this.wrong(name, unreadable, check.advice);
  }
}
