import { readFileSync } from 'node:fs';
import { Playground } from '../../site/playground';

const STARS = ['1-open', '2-default-deny', '3-allow-ui', '4-backend-policy', '5-frontend-policy']
  .map((step) => readFileSync(`dist/stars/${step}.k8s.yaml`, 'utf8'))
  .join('---\n');

test('a text that is no YAML has a problem at its line, and what was answered before stays', () => {
  const playground = new Playground();
  playground.read(STARS);
  expect(playground.read(`${STARS}---\nkind: Pod\n  name: x\n`)).toMatchObject({
    state: 'broken',
    marks: [{ line: STARS.split('\n').length + 2, severity: 'error' }],
  });
  expect(playground.session.contents().workloads).toHaveLength(4);
});

test('a field that an API server would drop is a warning at its line, and the rest is answered', () => {
  const text = STARS.replace('podSelector: {}', 'podSelector: {}\n  ingres: []');
  const line = text.split('\n').findIndex((one) => one.includes('ingres:')) + 1;
  expect(new Playground().read(text)).toMatchObject({
    state: 'answered',
    marks: [{ line, severity: 'warning', message: expect.stringContaining('did you mean ingress?') }],
  });
});

test('a value on which answers rest, and that cannot be understood, costs the answer', () => {
  const text = STARS.replace('port: 6379', 'port: 99999');
  expect(new Playground().read(text)).toMatchObject({ state: 'broken', marks: [{ severity: 'error' }] });
});

test('an empty text is empty, and has nothing to answer', () => {
  const playground = new Playground();
  expect(playground.read('# nothing\n')).toMatchObject({ state: 'empty', objects: 0 });
  expect(() => playground.session).toThrow('nothing was read yet');
});

test('what changed is told against the text that was kept', () => {
  const playground = new Playground();
  const open = readFileSync('dist/stars/1-open.k8s.yaml', 'utf8');
  const closed = `${open}---\n${readFileSync('dist/stars/2-default-deny.k8s.yaml', 'utf8')}`;
  expect(playground.read(closed, open).contents?.isChange).toBe(true);
  expect(playground.session.changes()).toContainEqual(
    expect.objectContaining({
      change: 'closed',
      because: [expect.stringMatching(/NetworkPolicy \w+\/default-deny added \(manifests.yaml:\d+\)/)],
    }),
  );
  expect(playground.read(closed).contents?.isChange).toBe(false);
});

test('findings are those of check, at their lines', () => {
  const playground = new Playground();
  playground.read(STARS.replace('role: frontend\n      ports', 'role: fronted\n      ports'));
  expect(playground.findings().length).toBeGreaterThan(0);
  expect(playground.findings().every(({ source }) => source.file === 'manifests.yaml' && source.line > 0)).toBe(true);
});
