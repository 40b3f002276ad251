import type { Manifest, Path } from '../manifest';
import { placeText } from '../manifest/place';
import { isMapping, shown } from '../manifest/value';
import type { Findings, RoutingProblemCode } from './problems';

/** A value inside of a manifest that knows the way to it. */
export class Cursor {
  private constructor(
    private readonly manifest: Manifest,
    private readonly findings: Findings,
    private readonly parent: Cursor | undefined,
    private readonly step: string | number,
    readonly value: unknown,
  ) {}

  /** A field of the object of a manifest. */
  static of(manifest: Manifest, findings: Findings, key: string): Cursor {
    return new Cursor(manifest, findings, undefined, key, manifest.object[key]);
  }

  /** The way from the object to here; made only where somebody asks. */
  get at(): Path {
    return this.wayOf(1);
  }

  /** The way to here as the beginning of a longer one, which has so many steps from here on. */
  private wayOf(rest: number): (string | number)[] {
    const way = this.parent?.wayOf(rest + 1) ?? new Array<string | number>(rest);
    way[way.length - rest] = this.step;
    return way;
  }

  /** Neither undefined nor null, between which an API server makes no difference. */
  get isGiven(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** A member; not given where this is no mapping. */
  get(key: string): Cursor {
    const value = isMapping(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined;
    return new Cursor(this.manifest, this.findings, this, key, value);
  }

  /** This, reported where it is given and is no mapping. */
  mapping(): Cursor {
    if (this.isGiven && !isMapping(this.value)) {
      this.wrong('bad-shape', `is ${shown(this.value)}; give a mapping`);
    }
    return this;
  }

  /**
   * The items of a list, each a mapping or a plain value; none where it is not given.
   *
   * @param most more than this are reported
   */
  items(most = Number.POSITIVE_INFINITY): readonly Cursor[] {
    if (!this.isGiven) {
      return [];
    }
    if (!Array.isArray(this.value)) {
      this.wrong('bad-shape', `is ${shown(this.value)}; give a list`);
      return [];
    }
    if (this.value.length > most) {
      this.wrong('bad-shape', `holds ${this.value.length} items; an API server takes at most ${most}`);
    }
    return this.value.map((item, index) => new Cursor(this.manifest, this.findings, this, index, item));
  }

  /** How many items this has; 0 for what is no list. */
  get count(): number {
    return Array.isArray(this.value) ? this.value.length : 0;
  }

  /** A text; anything else that is given is reported. */
  text(): string | undefined {
    if (this.isGiven && typeof this.value !== 'string') {
      this.wrong('bad-shape', `is ${shown(this.value)}; give a text`);
    }
    return typeof this.value === 'string' ? this.value : undefined;
  }

  /** A text that has to be there and not empty; anything else is reported. */
  neededText(code: RoutingProblemCode, advice: string): string | undefined {
    const text = this.text();
    if (!this.isGiven || text === '') {
      this.wrong(code, `is ${text === '' ? 'empty' : 'missing'}; ${advice}`);
    }
    return text === '' ? undefined : text;
  }

  /** One of some values, or `fallback` where it is not given; anything else is reported. */
  choice<Value extends string | number>(
    code: RoutingProblemCode,
    values: readonly Value[],
    fallback: Value | undefined,
  ): Value | undefined {
    if (!this.isGiven && fallback !== undefined) {
      return fallback;
    }
    if (!values.includes(this.value as Value)) {
      this.wrong(code, `is ${shown(this.value)}; give ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`);
      return undefined;
    }
    return this.value as Value;
  }

  /** A whole number within bounds; anything else that is given is reported. */
  whole(code: RoutingProblemCode, least: number, most: number): number | undefined {
    if (!this.isGiven) {
      return undefined;
    }
    if (!Number.isInteger(this.value) || (this.value as number) < least || (this.value as number) > most) {
      this.wrong(code, `is ${shown(this.value)}; give a whole number from ${least} to ${most}`);
      return undefined;
    }
    return this.value as number;
  }

  /** Reports what is wrong with this field, e.g. `is 5; give a text`. */
  wrong(code: RoutingProblemCode, what: string): void {
    this.findings.problem(this.manifest, this.at, code, `${placeText(this.at)} ${what}`);
  }

  /** Reports what an API server refuses, and what can be understood all the same. */
  refused(code: RoutingProblemCode, what: string): void {
    this.findings.tolerable(this.manifest, this.at, code, `${placeText(this.at)} ${what}`);
  }
}
