import * as fs from 'node:fs';
import * as path from 'node:path';
import { copyOfApp, filesBelow, runOffline } from './helpers/app-copy';

let folder: string;
const dist = () => filesBelow(path.join(folder, 'dist'));
const run = (command: string, settings?: Readonly<Record<string, string>>) => runOffline(command, folder, settings);

beforeEach(() => {
  folder = copyOfApp();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Changes the copy of a file. */
function edit(file: string, from: string, to: string): void {
  const at = path.join(folder, file);
  const text = fs.readFileSync(at, 'utf8');
  expect(text.split(from)).toHaveLength(2);
  fs.writeFileSync(at, text.replace(from, to));
}

const COMMANDS = ['npm run synth', 'npx cdk8s synth'];

describe.each(COMMANDS)('without a network, %s', (command) => {
  test('writes dist/, removes what the app does not write any more, and complains of nothing', () => {
    const committed = dist();
    fs.rmSync(path.join(folder, 'dist'), { recursive: true });
    fs.mkdirSync(path.join(folder, 'dist'));
    fs.writeFileSync(path.join(folder, 'dist/gone.k8s.yaml'), 'kind: Gone\n');
    const { status, stdout, stderr } = run(command);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Synthesizing application');
    const [written, report] = stdout.split('Performing validations') as [string, string];
    expect(written).not.toMatch(/upgrade|version|error|ENO|ECONN/i);
    expect(report).toMatch(/Status +│ success .*Errors +│ 0 .*Warnings +│ 0 /s);
    expect(dist()).toEqual(committed);
  }, 60_000);
});

/** Ways to get it wrong, and what is said of it. */
const MISTAKES: readonly [what: string, make: () => Record<string, string>, message: RegExp][] = [
  [
    'a wrong value in the environment',
    () => ({ NETWORKING_CANARY_WEIGHT: '105' }),
    /^NETWORKING_CANARY_WEIGHT is 105; give an integer from 0 to 100$/m,
  ],
  [
    'a setting that there is none of',
    () => ({ NETWORKING_HOST: 'shop.example.com' }),
    /^NETWORKING_HOST is "shop\.example\.com"; no setting is called so, give NETWORKING_/m,
  ],
  [
    'a wrong value in main.ts',
    () => {
      edit('main.ts', "gameHost: '2048.example.com'", "gameHost: 'https://2048.example.com'");
      return {};
    },
    /^game-2048\/exposed: .*"https:\/\/2048\.example\.com"/m,
  ],
  [
    'one host for both apps',
    () => ({ NETWORKING_SHOP_HOST: '2048.example.com' }),
    /^shopHost and gameHost are both "2048\.example\.com"; give each a host of its own$/m,
  ],
  [
    'a mistake that only the whole app shows',
    () => {
      edit(
        'main.ts',
        '  app.synth();',
        "  new Chart(app, 'Stars');\n  new Chart(app, 'no file name');\n  app.node.addValidation({ validate: () => ['shop/x: no'] });\n  app.synth();",
      );
      return {};
    },
    /^(: )?shop\/x: no$/m,
  ],
];

test.each([
  ...MISTAKES.map((mistake) => ['npx cdk8s synth', ...mistake] as const),
  ...MISTAKES.slice(0, 1).map((mistake) => ['npm run synth', ...mistake] as const),
])(
  '%s leaves dist/ as it was and says why: %s',
  (command, _, make, message) => {
    fs.writeFileSync(path.join(folder, 'dist/mine.txt'), 'from before\n');
    const before = dist();
    const settings = make();
    const { status, stdout, stderr } = run(command, settings);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(message);
    expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+/m);
    expect(dist()).toEqual(before);
  },
  60_000,
);
