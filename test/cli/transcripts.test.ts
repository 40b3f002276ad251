import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { RIGHT, serve, splitListener, WRONG } from './split-server';
import { performed } from './transcript';

// Every command of the pages and of transcripts/ is run again and has to print what stands there.
// UPDATE_TRANSCRIPTS=1 writes down what they print now.

jest.setTimeout(60_000);

const ROOT = join(__dirname, '../..');
const FIXTURES = join(__dirname, 'fixtures');
const update = process.env.UPDATE_TRANSCRIPTS === '1';

/** Pages whose commands are typed at the top of the project; those of the others in fixtures/. */
const AT_THE_TOP = ['README.md', 'docs/lessons.md'].map((name) => join(ROOT, name));

const pages = [
  ...AT_THE_TOP,
  join(ROOT, 'docs/cli.md'),
  join(ROOT, 'docs/migrating.md'),
  join(ROOT, 'docs/network-policies.md'),
  join(ROOT, 'docs/promotion.md'),
  ...filesOf(join(ROOT, 'docs/commands'), '.md'),
  ...filesOf(join(__dirname, 'transcripts'), '.console'),
];

function filesOf(folder: string, end: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .sort()
    .map((name) => join(folder, name));
}

/** The transcripts of a page, and what stands around them. */
function partsOf(page: string, text: string): readonly { readonly text: string; readonly isTranscript: boolean }[] {
  return page.endsWith('.console')
    ? [
        { text: text.trimEnd(), isTranscript: true },
        { text: '\n', isTranscript: false },
      ]
    : text
        .split(/(?<=^```console\n)([\s\S]*?)(?=\n```$)/m)
        .map((part, index) => ({ text: part, isTranscript: index % 2 === 1 }));
}

/** Examples that probe name two servers by ports of their own; they listen on others. */
async function withServers<Value>(
  cwd: string,
  ports: (run: (transcript: string) => Promise<string>) => Promise<Value>,
): Promise<Value> {
  const [right, wrong] = [await serve(splitListener(RIGHT)), await serve(splitListener(WRONG))];
  const swaps = [
    ['8080', String(right.port)],
    ['8081', String(wrong.port)],
  ] as const;
  try {
    return await ports(async (transcript) => {
      const real = swaps.reduce((text, [shown, port]) => text.replaceAll(`:${shown}`, `:${port}`), transcript);
      const output = await performed(real, { cwd });
      return swaps.reduce((text, [shown, port]) => text.replaceAll(`:${port}`, `:${shown}`), output);
    });
  } finally {
    await Promise.all([right.close(), wrong.close()]);
  }
}

/** How long requests took is never the same twice. */
function timeless(text: string): string {
  return text.replace(/answered in [\d.]+ s/g, 'answered in … s').replace(/"seconds": [\d.]+/g, '"seconds": …');
}

test.each(pages.map((page) => relative(ROOT, page)))('%s shows what the commands print', async (name) => {
  const page = join(ROOT, name);
  const parts = partsOf(page, readFileSync(page, 'utf8'));
  const shown = parts.map(({ text }) => text).join('');
  const real = await withServers(AT_THE_TOP.includes(page) ? ROOT : FIXTURES, async (run) => {
    const texts: string[] = [];
    for (const { text, isTranscript } of parts) {
      texts.push(isTranscript ? await run(text) : text);
    }
    return texts.join('');
  });
  if (update && timeless(real) !== timeless(shown)) {
    writeFileSync(page, real);
  }
  expect(parts.some(({ isTranscript }) => isTranscript)).toBe(true);
  expect(timeless(update ? real : shown)).toBe(timeless(real));
});
