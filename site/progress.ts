import type { Lesson } from './lessons/lesson';
import type { Store } from './store';

const NAME = 'done';

/** The steps of lessons that somebody has done. */
export class Progress {
  private readonly done: Map<string, Set<number>>;

  constructor(private readonly store: Store) {
    const known = store.get(NAME, isRecord) ?? {};
    this.done = new Map(Object.entries(known).map(([id, steps]) => [id, new Set(steps)]));
  }

  has({ id }: Lesson, step: number): boolean {
    return this.done.get(id)?.has(step) ?? false;
  }

  /** How many steps of a lesson are done. */
  count({ id, steps }: Lesson): number {
    return [...(this.done.get(id) ?? [])].filter((step) => step < steps.length).length;
  }

  add({ id }: Lesson, step: number): void {
    this.done.set(id, new Set([...(this.done.get(id) ?? []), step]));
    this.store.set(NAME, Object.fromEntries([...this.done].map(([key, steps]) => [key, [...steps]])));
  }

  clear(): void {
    this.done.clear();
    this.store.remove(NAME);
  }
}

function isRecord(value: unknown): value is Record<string, number[]> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((steps) => Array.isArray(steps) && steps.every(Number.isInteger))
  );
}
