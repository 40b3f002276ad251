import { Pace } from '../../../cli/probe/pace';

/** The times at which requests are sent, when after each of them the clock stands `delays` later. */
function timesOf(rate: number, delays: readonly number[]): number[] {
  let now = 1000;
  const pace = new Pace(rate, () => now);
  return delays.map((delay) => {
    now = Math.max(now, pace.next());
    const sent = now - 1000;
    now += delay;
    return sent;
  });
}

test('requests are evenly spread, the first at once', () => {
  expect(timesOf(20, [0, 0, 0, 0])).toEqual([0, 50, 100, 150]);
});

test('a clock that is a little late does not lower the rate', () => {
  expect(timesOf(20, [51, 0, 0])).toEqual([0, 51, 100]);
  expect(timesOf(1000, [5, 0, 0, 0, 0, 0, 0, 0])).toEqual([0, 5, 5, 5, 5, 5, 6, 7]);
});

test('a long delay is not made up for by a burst', () => {
  expect(timesOf(20, [1000, 0, 0, 0])).toEqual([0, 1000, 1030, 1080]);
  const after = timesOf(1000, [1000, ...Array(100).fill(0)]).filter((time) => time === 1000);
  expect(after).toHaveLength(21);
});

test('waiting ends at once when it is called off', async () => {
  const pace = new Pace(0.001);
  const off = new AbortController();
  await pace.wait(off.signal);
  const waiting = pace.wait(off.signal);
  off.abort();
  await waiting;
  await pace.wait(off.signal);
});
