import { tellsOfWiderHost } from '../routing/gateway-api/hosts';
import type { NamedDifference } from './names';
import type { Difference } from './outcomes';
import { type End, isOpen, type Step, stepsKey, type Test } from './steps';
import type { Given, Value, Variables } from './variables';

/** What came of comparing two lists of steps for all requests of a class of paths. */
export interface StepsComparison {
  /** How many classes of requests the two tell apart together. */
  readonly classes: number;
  /** In how many of these they differ. */
  readonly different: number;
  /** What the simplest request that differs has. */
  readonly witness: Witness | undefined;
  /** The simplest request whose answers differ in what cannot be decided. */
  readonly noted: Witness | undefined;
  /** The simplest request with which something else is done on the way, though it goes to the same place. */
  readonly set: Witness | undefined;
  /** Differences that were accepted. */
  readonly accepted: ReadonlyMap<NamedDifference, Witness>;
  /** Whether all requests were looked at, not only some. */
  readonly isComplete: boolean;
}

const SAME: StepsComparison = {
  classes: 1,
  different: 0,
  witness: undefined,
  noted: undefined,
  set: undefined,
  accepted: new Map(),
  isComplete: true,
};

/** A request of a class. */
export interface Witness {
  readonly given: readonly Given[];
  readonly before: End;
  readonly after: End;
  readonly difference: Difference;
}

/** Compares two ends for requests that have something. */
export type EndComparison = (before: End, after: End, given: readonly Given[]) => Difference;

/** Beyond this, what is the same on both sides is one class, however many it falls into. */
const MANY_COMPARISONS = 10_000;
/** More than this is given up: the conditions are entangled. */
const MOST_COMPARISONS = 50_000;

class TooMuch extends Error {}

/**
 * Compares steps by cases: the values of what the first step tests, then what is left of both. What is left is often the
 * same for many values, and looked at once; so conditions that have nothing to do with each other are not multiplied.
 */
export class StepsComparer {
  private readonly known = new Map<string, StepsComparison>();

  constructor(
    private readonly variables: Variables,
    private readonly accepted: ReadonlySet<NamedDifference>,
    private readonly compareEnds: EndComparison,
  ) {}

  compare(before: readonly Step[], after: readonly Step[]): StepsComparison {
    const [one, other] = [evaluated(before), evaluated(after)];
    try {
      return this.rest(one, other, []);
    } catch (error) {
      if (error instanceof TooMuch) {
        return { ...this.sampled(one, other), isComplete: false };
      }
      throw error;
    }
  }

  /** What becomes of the requests that have just what a step asks for, and nothing else. */
  private sampled(before: readonly Step[], after: readonly Step[]): StepsComparison {
    return [...before, ...after]
      .map(({ tests }) => {
        const values = new Map<string, Value>();
        for (const test of tests) {
          const name = this.variables.nameOf(test);
          const own = tests.filter((one) => this.variables.nameOf(one) === name);
          const value = this.variables.valuesOf(name).find(({ holding }) => own.every(({ id }) => holding.has(id)));
          values.set(name, value ?? (this.variables.valuesOf(name)[0] as Value));
        }
        const given = [...values.values()].flatMap((value) => value.given ?? []);
        const [one, other] = [before, after].map((steps) => this.endFor(steps, values)) as [End, End];
        return given.reduceRight(withGiven, this.ends(one, other, given));
      })
      .reduce(added);
  }

  /** How it ends for a request that has some values and nothing else. */
  private endFor(steps: readonly Step[], values: ReadonlyMap<string, Value>): End {
    const holds = (test: Test) => {
      const name = this.variables.nameOf(test);
      const value = values.get(name) ?? this.variables.valuesOf(name)[0];
      return value?.holding.has(test.id) ?? false;
    };
    return (steps.find(({ tests }) => tests.every(holds)) as Step).end;
  }

  private rest(before: readonly Step[], after: readonly Step[], given: readonly Given[]): StepsComparison {
    const [one, other] = [stepsKey(before), stepsKey(after)];
    const key = `${one} | ${other}`;
    const known = this.known.get(key);
    if (known !== undefined) {
      return known;
    }
    if (this.known.size > MOST_COMPARISONS) {
      throw new TooMuch();
    }
    if (one === other && this.known.size > MANY_COMPARISONS) {
      return SAME;
    }
    const [test] = [...(before[0] as Step).tests, ...(after[0] as Step).tests];
    const result =
      test === undefined
        ? this.ends((before[0] as Step).end, (after[0] as Step).end, given)
        : this.cases(this.variables.nameOf(test), before, after, given);
    this.known.set(key, result);
    return result;
  }

  private cases(
    name: string,
    before: readonly Step[],
    after: readonly Step[],
    given: readonly Given[],
  ): StepsComparison {
    const seen = new Set<StepsComparison>();
    const parts: StepsComparison[] = [];
    for (const value of this.variables.valuesOf(name)) {
      const has = value.given === undefined ? given : [...given, value.given];
      const part = this.rest(this.left(before, name, value), this.left(after, name, value), has);
      // Values with which the same is left are no classes of their own.
      if (!seen.has(part)) {
        seen.add(part);
        parts.push(value.given === undefined ? part : withGiven(part, value.given));
      }
    }
    return parts.reduce(added);
  }

  /** The steps that are left for a value. */
  private left(steps: readonly Step[], name: string, { holding }: Value): readonly Step[] {
    const left: Step[] = [];
    for (const step of steps) {
      const own = step.tests.filter((test) => this.variables.nameOf(test) === name);
      if (own.every(({ id }) => holding.has(id))) {
        left.push(own.length === 0 ? step : { ...step, tests: step.tests.filter((test) => !own.includes(test)) });
        if (left.at(-1)?.tests.length === 0) {
          break;
        }
      }
    }
    return settled(left);
  }

  private ends(before: End, after: End, given: readonly Given[]): StepsComparison {
    const difference = this.compareEnds(before, after, given);
    const witness = { given: [], before, after, difference };
    const isAccepted = difference !== 'otherwise' && difference.every((name) => this.accepted.has(name));
    // Whether a wider host gets the request is what was accepted.
    const isWider = isAccepted && difference.includes('wildcard-beside-exact');
    const notesOf = ({ notes }: End) => (isWider ? notes.filter((note) => !tellsOfWiderHost(note)) : notes);
    return {
      classes: 1,
      different: isAccepted ? 0 : 1,
      witness: isAccepted ? undefined : witness,
      noted: areAlike(notesOf(before), notesOf(after)) ? undefined : witness,
      set:
        areAlike(before.settings, after.settings) || (difference === 'otherwise' && !isAccepted) ? undefined : witness,
      accepted: new Map(isAccepted ? difference.map((name) => [name, witness]) : []),
      isComplete: true,
    };
  }
}

/** Whether two lists hold the same, in whatever order. */
function areAlike(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join('\n') === [...other].sort().join('\n');
}

/** Without the tests that nobody can evaluate: routing takes them as not met, and says so. */
function evaluated(steps: readonly Step[]): readonly Step[] {
  return settled(steps.filter(({ tests }) => !tests.some(({ condition }) => isOpen(condition))));
}

/** Without the last tests that decide nothing: where they do not hold, it ends the same. */
function settled(steps: readonly Step[]): readonly Step[] {
  const end = steps.at(-1)?.end.id;
  let length = steps.length;
  while (length > 1 && steps[length - 2]?.end.id === end) {
    length--;
  }
  return length === steps.length ? steps : [...steps.slice(0, length - 1), steps.at(-1) as Step];
}

function withGiven(part: StepsComparison, given: Given): StepsComparison {
  const add = (witness: Witness | undefined) => witness && { ...witness, given: [given, ...witness.given] };
  return {
    ...part,
    witness: add(part.witness),
    noted: add(part.noted),
    set: add(part.set),
    accepted: new Map([...part.accepted].map(([name, witness]) => [name, add(witness) as Witness])),
  };
}

function added(one: StepsComparison, other: StepsComparison): StepsComparison {
  return {
    classes: one.classes + other.classes,
    different: one.different + other.different,
    witness: simpler(one.witness, other.witness),
    noted: simpler(one.noted, other.noted),
    set: simpler(one.set, other.set),
    accepted: new Map([...other.accepted, ...one.accepted]),
    isComplete: one.isComplete && other.isComplete,
  };
}

function simpler(one: Witness | undefined, other: Witness | undefined): Witness | undefined {
  return one === undefined || (other !== undefined && costOf(other.given) < costOf(one.given)) ? other : one;
}

/** How much a request has: fewer parts first, then shorter ones. */
export function costOf(given: readonly Given[]): number {
  return given.reduce((sum, { value }) => sum + 1000 + value.length, 0);
}
