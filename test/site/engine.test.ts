import { Engine, type EngineWorker, GivenUp } from '../../site/engine';

/** A worker that answers when it is told to. */
class SlowWorker implements EngineWorker {
  static all: SlowWorker[] = [];
  onmessage: EngineWorker['onmessage'] = null;
  onerror: EngineWorker['onerror'] = null;
  isEnded = false;
  readonly asked: { readonly id: number; readonly name: string; readonly args: readonly unknown[] }[] = [];

  constructor() {
    SlowWorker.all.push(this);
  }

  postMessage(message: SlowWorker['asked'][number]): void {
    this.asked.push(message);
  }

  terminate(): void {
    this.isEnded = true;
  }

  answer(at: number, answer: unknown): void {
    this.onmessage?.call(this as never, { data: { id: this.asked[at]?.id, answer } } as MessageEvent);
  }
}

const begin = (patience = { longest: 1000, newer: 100 }) => new Engine(() => new SlowWorker(), patience);
const worker = (at: number) => SlowWorker.all[at] as SlowWorker;
const answered = { state: 'answered', marks: [], objects: 1 };

beforeEach(() => {
  jest.useFakeTimers();
  SlowWorker.all = [];
});
afterEach(() => jest.useRealTimers());

test('an answer that comes in time is given', async () => {
  const answer = begin().read('a');
  worker(0).answer(0, answered);
  expect(await answer).toBe(answered);
  jest.advanceTimersByTime(10_000);
  expect(worker(0).isEnded).toBe(false);
});

test('a newer text ends a worker that is still busy with an older one, and is asked again', async () => {
  const engine = begin();
  const older = engine.read('older').catch((error: unknown) => error);
  const newer = engine.read('newer');
  jest.advanceTimersByTime(100);
  expect(await older).toMatchObject({ isTooLong: false });
  expect(worker(0).isEnded).toBe(true);
  expect(worker(1).asked.map(({ args }) => args[0])).toEqual(['newer']);
  worker(1).answer(0, answered);
  expect(await newer).toBe(answered);
});

test('a newer text lets a worker live that answers soon', async () => {
  const engine = begin();
  const older = engine.read('older');
  const newer = engine.read('newer');
  worker(0).answer(0, answered);
  worker(0).answer(1, answered);
  jest.advanceTimersByTime(10_000);
  expect(await Promise.all([older, newer])).toEqual([answered, answered]);
  expect(SlowWorker.all).toHaveLength(1);
});

test('an answer that takes too long is given up, and the next worker knows the text that was answered last', async () => {
  const engine = begin();
  const good = engine.read('good');
  worker(0).answer(0, answered);
  await good;
  const endless = engine.ask('picture', { namespaces: [], focus: [], port: '', protocol: '', isChanged: false });
  const failed = endless.catch((error: unknown) => error);
  jest.advanceTimersByTime(1000);
  expect(await failed).toBeInstanceOf(GivenUp);
  expect(await failed).toMatchObject({ isTooLong: true });
  expect(worker(1).asked).toEqual([{ id: 0, name: 'read', args: ['good'] }]);
  // What the new worker says of it is nobody's answer.
  worker(1).answer(0, answered);
});

test('a worker that fails is replaced', async () => {
  const engine = begin();
  const failed = engine.read('a').catch((error: unknown) => error);
  worker(0).onerror?.call(worker(0) as never, { preventDefault() {} } as ErrorEvent);
  expect(await failed).toMatchObject({ isTooLong: true });
  const next = engine.read('b');
  worker(1).answer(0, answered);
  expect(await next).toBe(answered);
});

test('what a question throws is told to who asked it', async () => {
  const failed = begin()
    .ask('routes')
    .catch((error: unknown) => error);
  const { asked, onmessage } = worker(0);
  onmessage?.call(worker(0) as never, { data: { id: asked[0]?.id, error: 'nothing was read yet' } } as MessageEvent);
  expect(await failed).toMatchObject({ message: 'nothing was read yet' });
});
