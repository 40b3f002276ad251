import type { Condition, Route, RouteOutcome } from '../routing';
import { matchesPattern } from '../routing/pattern';

/** A condition with a number, which is the same for the same condition on either side. */
export interface Test {
  readonly condition: Condition;
  readonly id: number;
}

/** One step of what decides about the requests of a class of paths: the first whose tests hold. */
export interface Step {
  readonly tests: readonly Test[];
  readonly end: End;
}

/** How it ends for a request. */
export interface End {
  readonly outcome: RouteOutcome;
  /** What manifests alone cannot decide of it. */
  readonly notes: readonly string[];
  /** What is done besides. */
  readonly settings: readonly string[];
  /** What of that answers tell. */
  readonly told: readonly string[];
  /** Whether a controller answers by itself, without any rule of a manifest; the outcome is `not-found` then. */
  readonly isByItself: boolean;
  /** Two with one number are the same. */
  readonly id: number;
}

/** Makes steps of routes. */
export class Steps {
  private readonly tests = new Map<string, Test>();
  private readonly ends = new Map<string, End>();
  private readonly made = new Map<Route, readonly Step[]>();

  /** The steps of the routes that match a path, in their order; the last one has no tests. */
  of(routes: readonly Route[]): readonly Step[] {
    const steps: Step[] = [];
    for (const route of routes) {
      for (const step of this.ofRoute(route)) {
        steps.push(step);
        if (step.tests.length === 0) {
          return steps;
        }
      }
    }
    return [...steps, { tests: [], end: this.end({ kind: 'not-found' }, []) }];
  }

  private ofRoute(route: Route): readonly Step[] {
    let steps = this.made.get(route);
    if (steps === undefined) {
      const { conditions, decisions, notes, settings: told = [], unread = [], rule } = route;
      const settings = { told, settings: [...told, ...unread] };
      steps = [
        ...decisions.map(({ when, outcome }) => ({
          tests: [...conditions, ...when].map((condition) => this.test(condition)),
          end:
            rule === undefined && outcome.kind === 'error'
              ? this.end({ kind: 'not-found' }, notes, settings, true)
              : this.end(outcome, notes, settings),
        })),
        {
          tests: conditions.map((condition) => this.test(condition)),
          end: this.end({ kind: 'not-found' }, notes, settings),
        },
      ];
      this.made.set(route, steps);
    }
    return steps;
  }

  private test(condition: Condition): Test {
    const key = JSON.stringify(condition);
    const test = this.tests.get(key) ?? { condition, id: this.tests.size };
    this.tests.set(key, test);
    return test;
  }

  private end(
    outcome: RouteOutcome,
    notes: readonly string[],
    { settings, told }: Pick<End, 'settings' | 'told'> = { settings: [], told: [] },
    isByItself = false,
  ): End {
    const key = JSON.stringify([outcome, notes, settings, isByItself]);
    const end = this.ends.get(key) ?? { outcome, notes, settings, told, isByItself, id: this.ends.size };
    this.ends.set(key, end);
    return end;
  }
}

/** What tells lists of steps apart. */
export function stepsKey(steps: readonly Step[]): string {
  return steps.map(({ tests, end }) => `${tests.map(({ id }) => id).join(',')}>${end.id}`).join(' ');
}

/** Whether nobody can say if a condition holds: its pattern cannot be evaluated. */
export function isOpen(condition: Condition): boolean {
  return (
    'value' in condition && condition.value.is === 'like' && matchesPattern(condition.value.pattern, '') === undefined
  );
}
