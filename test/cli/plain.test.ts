import { follow } from '../../cli/program';
import type { Session } from '../../cli/run';
import { commandLine } from './command-line';

const asked: unknown[][] = [];

jest.mock('../../cli/commands/connections-run', () => ({
  connections: async (...given: unknown[]) => {
    asked.push(given);
    return 0;
  },
}));
jest.mock('../../cli/program', () => {
  const actual = jest.requireActual('../../cli/program');
  return { follow: jest.fn(actual.follow) };
});

beforeEach(() => {
  asked.length = 0;
  jest.mocked(follow).mockClear();
});

const session = { io: { version: '1.2.3' }, output: {}, end: () => {} } as unknown as Session;

test.each([[['a']], [['a', 'b/c.yaml', 'help']], [['connections', 'route']], [['', ' ']]])(
  'manifests alone, %j, are understood as by the library that understands all arguments',
  async (paths) => {
    await commandLine(['connections', ...paths]);
    expect(follow).not.toHaveBeenCalled();
    await follow(['connections', ...paths], session);
    expect(asked).toHaveLength(2);
    const [[plainPaths, plain], [fullPaths, full]] = asked as [unknown[], unknown[]];
    expect(plainPaths).toStrictEqual(fullPaths);
    expect(plain).toStrictEqual({ ...(full as object) });
  },
);

test.each([
  [['connections']],
  [['connections', '-']],
  [['connections', 'a', '--']],
  [['connections', 'a', '-V']],
  [['route', 'a']],
  [['help']],
  [[]],
])('all else, such as %j, is left to that library', async (argv) => {
  await commandLine(argv);
  expect(follow).toHaveBeenCalledTimes(1);
});
