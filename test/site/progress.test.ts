import type { Lesson } from '../../site/lessons';
import { Progress } from '../../site/progress';
import { Store } from '../../site/store';

const lesson = { id: 'a', title: '', about: '', steps: [{}, {}] } as unknown as Lesson;

function storage(entries: readonly (readonly [string, string])[] = []): Storage {
  const map = new Map(entries);
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => map.set(key, value),
    removeItem: (key: string) => map.delete(key),
  } as unknown as Storage;
}

const KEY = 'cdk8s-networking/playground/done';

test('steps that are done are remembered', () => {
  const kept = storage();
  new Progress(new Store(() => kept)).add(lesson, 1);
  const again = new Progress(new Store(() => kept));
  expect([again.has(lesson, 0), again.has(lesson, 1), again.count(lesson)]).toEqual([false, true, 1]);
  again.clear();
  expect(new Progress(new Store(() => kept)).count(lesson)).toBe(0);
});

test.each(['no JSON', '[]', '{"a": "x"}', '{"a": [1.5]}', 'null', '7'])(
  'what is remembered as %s is nothing',
  (text) => {
    const progress = new Progress(new Store(() => storage([[KEY, text]])));
    expect(progress.count(lesson)).toBe(0);
  },
);

test('steps that a lesson does not have any more are not counted', () => {
  expect(new Progress(new Store(() => storage([[KEY, '{"a": [0, 5]}']]))).count(lesson)).toBe(1);
});

test('where nothing may be remembered, it is known for as long as the page is open', () => {
  const denied = () => {
    throw new Error('denied');
  };
  const progress = new Progress(new Store(denied));
  progress.add(lesson, 0);
  expect(progress.has(lesson, 0)).toBe(true);
});
