import { existsSync, readFileSync } from 'node:fs';
import { COURSES } from '../../site/lessons';
import { filesIn, type Lesson, type Pieces, startOf, textOf } from '../../site/lessons/lesson';
import { Playground } from '../../site/playground';

const LESSONS = COURSES.flatMap(({ lessons }) => lessons);
const STEPS = LESSONS.flatMap((lesson) =>
  lesson.steps.map((step, at): [string, Lesson, number] => [`${lesson.id}, step ${at + 1}: ${step.title}`, lesson, at]),
);

function text(pieces: Pieces): string {
  const files = Object.fromEntries(
    filesIn(pieces).map((name) => [name, readFileSync(`dist/${name}.k8s.yaml`, 'utf8')]),
  );
  return textOf(pieces, files);
}

/** The tasks that a text does not fulfil, with what is said of them. */
function missing(yaml: string, { steps }: Lesson, at: number): readonly string[] {
  const playground = new Playground();
  const { state, marks } = playground.read(yaml);
  if (state !== 'answered') {
    return [`it cannot be read: ${JSON.stringify(marks)}`];
  }
  const { tasks } = steps[at] as Lesson['steps'][number];
  return tasks.flatMap(({ says, claims }) =>
    playground.grade(claims).flatMap(({ holds, why }) => (holds ? [] : [`${says}: ${why}`])),
  );
}

test.each(STEPS)('%s: its solution fulfils every task', (_, lesson, at) => {
  expect(missing(text((lesson.steps[at] as Lesson['steps'][number]).solution), lesson, at)).toEqual([]);
});

test.each(STEPS)('%s: what it begins with can be read, and does not fulfil them', (_, lesson, at) => {
  const found = missing(text(startOf(lesson, at)), lesson, at);
  expect(found).not.toEqual([]);
  expect(found.join()).not.toContain('it cannot be read');
});

test.each(STEPS)(
  '%s: it asks about what there is, so that no typing mistake passes for a wrong answer',
  (_, lesson, at) => {
    const found = missing(text(startOf(lesson, at)), lesson, at).join('\n');
    expect(found).not.toMatch(/no workload|has this name|did you mean|manifests cannot be used/);
  },
);

test('lessons have names of their own, and their files are there', () => {
  const ids = LESSONS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const files = LESSONS.flatMap(({ steps }) =>
    steps.flatMap(({ start = [], solution }) => filesIn([...start, ...solution])),
  );
  expect(files.filter((name) => !existsSync(`dist/${name}.k8s.yaml`))).toEqual([]);
});

test('docs/playground.md names every lesson, with its link', () => {
  const rows = COURSES.flatMap(({ lessons }) =>
    lessons.map(({ id, title, about, steps }) => {
      const many = steps.length > 1 ? `, ${steps.length} steps` : '';
      return `| \`#lesson=${id}\` | ${title}${many} | ${about} |`;
    }),
  );
  const docs = readFileSync('docs/playground.md', 'utf8').split('\n');
  expect(docs.filter((line) => line.startsWith('| `#lesson='))).toEqual(rows);
});
