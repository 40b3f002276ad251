import type { Manifest, Path } from '../manifest';
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
    return [...(this.parent?.at ?? []), this.step];
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

  /** The items of a list, each a mapping or a plain value; none where it is not given. */
  items(): readonly Cursor[] {
    if (!this.isGiven) {
      return [];
    }
    if (!Array.isArray(this.value)) {
      this.wrong('bad-shape', `is ${shown(this.value)}; give a list`);
      return [];
    }
    return this.value.map((item, index) => new Cursor(this.manifest, this.findings, this, index, item));
  }

  /** A text; anything else that is given is reported. */
  text(): string | undefined {
    if (this.isGiven && typeof this.value !== 'string') {
      this.wrong('bad-shape', `is ${shown(this.value)}; give a text`);
    }
    return typeof this.value === 'string' ? this.value : undefined;
  }

  /** Reports what is wrong with this field, e.g. `is 5; give a text`. */
  wrong(code: RoutingProblemCode, what: string): void {
    const place = this.at.map((step, index) =>
      typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`,
    );
    this.findings.problem(this.manifest, this.at, code, `${place.join('')} ${what}`);
  }
}
