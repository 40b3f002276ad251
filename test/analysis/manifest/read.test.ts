import { manifestsOf, readManifests } from '../../../analysis/manifest';

const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`;

function names(text: string): string[] {
  const { manifests, problems } = readManifests(text, 'a.yaml');
  expect(problems).toEqual([]);
  return manifests.map(({ kind, name }) => `${kind} ${name}`);
}

function problemsOf(text: string): string[] {
  return readManifests(text, 'a.yaml').problems.map(({ code, file, line, message }) => {
    return `${code} ${file}:${line}: ${message}`;
  });
}

describe('what is read', () => {
  test('every document of a stream, with the line on which its object begins', () => {
    const text = `# a comment\n---\n${pod('a')}---\n\n# another\n${pod('b')}--- # the last\n${pod('c')}`;
    const { manifests } = readManifests(text, 'a.yaml');
    expect(manifests.map(({ name, source }) => `${name} ${source.file}:${source.line}`)).toEqual([
      'a a.yaml:3',
      'b a.yaml:10',
      'c a.yaml:15',
    ]);
  });

  test('the common fields of an object', () => {
    const text = `${pod('a')}  namespace: shop\n  labels: {app: web, empty: }\n  annotations:\n    note: "10"\nspec: {}\n`;
    expect(readManifests(text, 'a.yaml').manifests).toEqual([
      expect.objectContaining({
        apiVersion: 'v1',
        group: '',
        kind: 'Pod',
        name: 'a',
        namespace: 'shop',
        labels: new Map([
          ['app', 'web'],
          ['empty', ''],
        ]),
        annotations: new Map([['note', '10']]),
        object: expect.objectContaining({ spec: {} }),
      }),
    ]);
  });

  test('many documents, each in its place', () => {
    const texts = [...Array(5000).keys()].map(
      (n) => `---\n${pod(`p${n}`)}  annotations: {text: ${'x'.repeat(n % 97)}}\n`,
    );
    const { manifests, problems } = readManifests(texts.join(''), 'a.yaml');
    expect(problems).toEqual([]);
    expect(manifests.map(({ name, source }) => `${name} ${source.line}`)).toEqual(
      texts.map((_, n) => `p${n} ${6 * n + 2}`),
    );
  });

  test('documents of comments alone are no objects', () => {
    expect(names(`---\n# nothing\n---\n---\n${pod('a')}...\n`)).toEqual(['Pod a']);
    expect(names('')).toEqual([]);
  });

  test('CRLF line ends and a byte order mark', () => {
    const text = `\uFEFF${pod('a')}---\n${pod('b')}`.replaceAll('\n', '\r\n');
    const { manifests, problems } = readManifests(text, 'a.yaml');
    expect(problems).toEqual([]);
    expect(manifests.map(({ name, source }) => [name, source.line, source.lineOf(['metadata', 'name'])])).toEqual([
      ['a', 1, 4],
      ['b', 6, 9],
    ]);
  });

  test('a byte order mark before the first marker', () => {
    expect(readManifests(`\uFEFF---\n${pod('a')}`, 'a.yaml').manifests[0]?.source.line).toBe(2);
    expect(names(`\uFEFF${JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } })}`)).toEqual([
      'Pod a',
    ]);
  });

  test('directives belong to the document that follows', () => {
    const text = `%YAML 1.1\n# why\n---\n${pod('a')}...\n%YAML 1.1\n---\n${pod('b')}`;
    const { manifests, problems } = readManifests(text, 'a.yaml');
    expect(manifests.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ['document-edge', 1],
      ['document-edge', 9],
    ]);
  });

  test('a marker inside of a line or a longer word ends no document', () => {
    const text = `${pod('a')}  annotations:\n    text: |\n      ---\n      ...\n    other: "a --- b"\n---x: 1\n`;
    expect(readManifests(text.replace('---x: 1\n', ''), 'a.yaml').manifests[0]?.annotations.get('text')).toBe(
      '---\n...\n',
    );
    expect(problemsOf(text)).toEqual([]);
    expect(problemsOf(`${pod('a')}...x: 1\nspec: {}\n`)).toEqual([]);
  });

  test('anchors, aliases and merge keys', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels: &l {app: web}\n  annotations: {<<: *l, x: z}\n';
    expect([...(readManifests(text, 'a.yaml').manifests[0]?.annotations ?? [])]).toEqual([
      ['app', 'web'],
      ['x', 'z'],
    ]);
  });

  test('JSON, also with tabs', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }],
    };
    for (const indent of [undefined, 2, '\t']) {
      expect(names(JSON.stringify(object, undefined, indent))).toEqual(['Pod a']);
    }
  });

  test('a List, a List in a List, and a typed list whose items leave out their kind', () => {
    const text = [
      'apiVersion: v1',
      'kind: List',
      'items:',
      '- {apiVersion: v1, kind: Pod, metadata: {name: a}}',
      '- apiVersion: v1',
      '  kind: PodList',
      '  items:',
      '  - metadata: {name: b}',
      '  - {kind: Pod, metadata: {name: c}}',
      '- {apiVersion: v1, kind: List, items: }',
      '---',
      'apiVersion: networking.k8s.io/v1',
      'kind: NetworkPolicyList',
      'items: [{metadata: {name: d}}]',
    ].join('\n');
    const { manifests, problems } = readManifests(text, 'a.yaml');
    expect(problems).toEqual([]);
    expect(
      manifests.map(({ apiVersion, kind, name, source }) => `${apiVersion} ${kind} ${name} ${source.line}`),
    ).toEqual(['v1 Pod a 4', 'v1 Pod b 8', 'v1 Pod c 9', 'networking.k8s.io/v1 NetworkPolicy d 14']);
  });

  test('objects in memory, which have no lines', () => {
    const { manifests, problems } = manifestsOf(
      [{ apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'a' } }] }, { kind: 'Pod' }],
      'chart',
    );
    expect(manifests.map(({ name, source }) => [name, source.file, source.line, source.lineOf(['metadata'])])).toEqual([
      ['a', 'chart[0]', 0, 0],
    ]);
    expect(problems).toEqual([
      {
        code: 'no-api-version',
        file: 'chart[1]',
        line: 0,
        message: 'Pod: apiVersion is missing; give one such as "v1"',
      },
    ]);
  });

  test('objects in memory that are none, or contain themselves', () => {
    const list: { kind: string; apiVersion: string; items: unknown[] } = { kind: 'List', apiVersion: 'v1', items: [] };
    list.items.push(list);
    expect(manifestsOf([null, list]).problems.map(({ code, file, message }) => `${code} ${file}: ${message}`)).toEqual([
      'not-an-object objects[0]: the document is null; a manifest is a mapping with apiVersion and kind',
      'not-a-list objects[1]: a List stands in a List more than 50 times over',
    ]);
  });

  test('a Pod or Job may leave its name to the API server', () => {
    expect(names('apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: migrate-}\n')).toEqual(['Job migrate-']);
    expect(problemsOf('apiVersion: v1\nkind: Service\nmetadata: {generateName: web-}\n')).toEqual([
      'no-name a.yaml:3: Service: metadata.name is missing',
    ]);
  });

  test('text of manifests may be the name of a property of every object', () => {
    const text = `${pod('constructor')}  labels: {toString: a, __proto__: b, "10": c, hasOwnProperty: d}\n`;
    const { manifests, problems } = readManifests(text, 'a.yaml');
    expect(problems).toEqual([]);
    expect(Object.fromEntries(manifests[0]?.labels ?? [])).toEqual(
      Object.fromEntries([
        ['10', 'c'],
        ['toString', 'a'],
        ['__proto__', 'b'],
        ['hasOwnProperty', 'd'],
      ]),
    );
  });

  test('kinds without use are ignored without a word, whatever they look like', () => {
    expect(
      names(
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {}\n---\napiVersion: example.com/v1\nkind: Pod\n---\napiVersion: apps/v1\nkind: ControllerRevision\n',
      ),
    ).toEqual([]);
    expect(names('apiVersion: x/v1\nkind: IPAllowList\nitems: {a: b}\n')).toEqual([]);
    expect(names('apiVersion: x/v1\nkind: IPAllowList\nspec: !Ref {a: !GetAtt b}\nlist: !Sub [a]\n')).toEqual([]);
  });
});

describe('YAML is what kubectl takes it for', () => {
  const value = (text: string) => {
    const { manifests, problems } = readManifests(`${pod('a')}spec: {value: ${text}}\n`, 'a.yaml');
    expect(problems).toEqual([]);
    return (manifests[0]?.object.spec as Record<string, unknown> | undefined)?.value;
  };

  test.each([
    ['yes', true],
    ['Off', false],
    ['y', true],
    ['true', true],
    ['"yes"', 'yes'],
    ['80', 80],
    ['0644', 420],
    ['0o644', 420],
    ['0x1F', 31],
    ['0b101', 5],
    ['-0x10', -16],
    ['+1_000', 1000],
    ['089', 89],
    ['1e3', 1000],
    ['1.50', 1.5],
    ['.5', 0.5],
    ['22:22', '22:22'],
    ['2001-01-01', '2001-01-01'],
    ['1.2.3', '1.2.3'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['~', null],
    ['!!str 80', '80'],
    ['! 80', '80'],
    ['!custom 80', '80'],
    ['!!binary aGk=', 'aGk='],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  test('infinity and not-a-number', () => {
    expect([value('.inf'), value('-.Inf'), value('.nan')]).toEqual([Infinity, -Infinity, Number.NaN]);
  });
});

describe('what is refused', () => {
  test('a mistake in the seventh document gives its line, and the others are read', () => {
    const good = [1, 2, 3, 4, 5, 6].map((n) => pod(`p${n}`));
    const text = [...good, 'apiVersion: v1\nkind: Pod\n  bad: 1\n', pod('p8')].join('---\n');
    const { manifests, problems } = readManifests(text, 'a.yaml');
    expect(problems).toEqual([
      { code: 'syntax', file: 'a.yaml', line: 33, message: 'not YAML: bad indentation of a mapping entry (column 6)' },
    ]);
    expect(manifests.map(({ name }) => name)).toEqual(['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p8']);
  });

  test.each([
    [
      'a key given twice',
      `${pod('a')}  name: b\n`,
      'syntax a.yaml:5: the key "name" is given twice in one mapping; keep one (column 3)',
    ],
    [
      'a key given twice in JSON',
      '{"kind": "Pod",\n"kind": "Job"}',
      'syntax a.yaml:2: the key "kind" is given twice in one mapping; keep one (column 2)',
    ],
    [
      'a key given twice in JSON, beside a colon that is written as an escape',
      '{"kind": "Pod\\u003a",\n"kind": "Job"}',
      'syntax a.yaml:2: the key "kind" is given twice in one mapping; keep one (column 2)',
    ],
    [
      'broken JSON',
      '{"kind": "Pod",\n"a" "b"}',
      'syntax a.yaml:2: not YAML: missed comma between flow collection entries (column 5)',
    ],
    [
      'a text',
      'hello',
      'not-an-object a.yaml:1: the document is "hello"; a manifest is a mapping with apiVersion and kind',
    ],
    [
      'a list',
      '\n- a',
      'not-an-object a.yaml:2: the document is a list; a manifest is a mapping with apiVersion and kind',
    ],
    [
      'no kind',
      'a: 1\n',
      'no-kind a.yaml:1: kind is missing; this is no Kubernetes object; a manifest says what it is, e.g. "kind: Pod"',
    ],
    [
      'a kind that is no text',
      'a: 1\nkind: 3\n',
      'no-kind a.yaml:2: kind is 3; a manifest says what it is, e.g. "kind: Pod"',
    ],
    ['no apiVersion', 'kind: Pod\n', 'no-api-version a.yaml:1: Pod: apiVersion is missing; give one such as "v1"'],
    [
      'a kind of former times',
      'kind: Ingress\napiVersion: extensions/v1beta1\n',
      'retired-api-version a.yaml:2: Ingress: apiVersion extensions/v1beta1 is not served by any supported Kubernetes; use networking.k8s.io/v1, as which it is read',
    ],
    [
      'a version of former times',
      'kind: Deployment\napiVersion: apps/v1beta2\n',
      'retired-api-version a.yaml:2: Deployment: apiVersion apps/v1beta2 is not served by any supported Kubernetes; use apps/v1, as which it is read',
    ],
    [
      'a version that does not exist',
      'kind: Pod\napiVersion: v2\n',
      'retired-api-version a.yaml:2: Pod: apiVersion v2 is not served by any supported Kubernetes; use v1',
    ],
    [
      'a kind of another group of Kubernetes',
      'apiVersion: v1\nkind: NetworkPolicy\n',
      'retired-api-version a.yaml:1: NetworkPolicy: apiVersion v1 is not served by any supported Kubernetes; use networking.k8s.io/v1',
    ],
    [
      'a kind of a group that is written wrong',
      'apiVersion: app/v1\nkind: Deployment\n',
      'retired-api-version a.yaml:1: Deployment: apiVersion app/v1 is not served by any supported Kubernetes; use apps/v1',
    ],
    [
      'a kind by its plural',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicies\n',
      'unknown-kind a.yaml:2: networking.k8s.io/v1 has no kind "NetworkPolicies"; did you mean NetworkPolicy?',
    ],
    [
      'a kind by its plural, in small letters',
      'apiVersion: networking.k8s.io/v1\nkind: ingresses\n',
      'unknown-kind a.yaml:2: networking.k8s.io/v1 has no kind "ingresses"; did you mean Ingress?',
    ],
    [
      'a kind that is written wrong',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolcy\n',
      'unknown-kind a.yaml:2: networking.k8s.io/v1 has no kind "NetworkPolcy"; did you mean NetworkPolicy?',
    ],
    [
      'a kind in the wrong case',
      'apiVersion: apps/v1\nkind: statefulset\n',
      'unknown-kind a.yaml:2: apps/v1 has no kind "statefulset"; did you mean StatefulSet?',
    ],
    [
      'a template of Helm',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}-web\n',
      'syntax a.yaml:4: not YAML but a template: {{ .Release.Name }} stands here; render it first, e.g. by helm template (bad indentation of a mapping entry, column 28)',
    ],
    [
      'a template of Helm for a whole value',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n',
      'syntax a.yaml:4: not YAML but a template: {{ .Release.Name }} stands here; render it first, e.g. by helm template (object-based map does not support complex keys, column 1)',
    ],
    [
      'no metadata',
      'kind: Pod\napiVersion: v1\nmetadata:\n',
      'no-metadata a.yaml:3: Pod: metadata is null; give at least a name',
    ],
    [
      'no name',
      'kind: Pod\napiVersion: v1\nmetadata:\n  labels: {}\n',
      'no-name a.yaml:3: Pod: metadata.name is missing',
    ],
    [
      'a number for a name',
      pod('1'),
      'bad-name a.yaml:4: Pod: metadata.name is 1; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
    ],
    [
      'a name in capitals',
      pod('Web'),
      'bad-name a.yaml:4: Pod: metadata.name is "Web"; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
    ],
    [
      'a bad generateName',
      'kind: Pod\napiVersion: v1\nmetadata:\n  generateName: A\n',
      'bad-name a.yaml:4: Pod: generateName is "A"; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
    ],
    [
      'a bad namespace',
      `${pod('a')}  namespace: a.b\n`,
      'bad-namespace a.yaml:5: Pod a: metadata.namespace is "a.b"; use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends',
    ],
    [
      'a label that is no text',
      `${pod('a')}  labels:\n    on: true\n    app: yes\n`,
      'bad-labels a.yaml:5: Pod a: metadata.labels: "true" is true; give a text; in YAML, quote what reads as a boolean',
    ],
    [
      'labels as a list',
      `${pod('a')}  labels: [a]\n`,
      'bad-labels a.yaml:5: Pod a: metadata.labels is a list; give a mapping of texts',
    ],
    [
      'an annotation that is no text',
      `${pod('a')}  annotations:\n    x: 5\n`,
      'bad-annotations a.yaml:6: Pod a: metadata.annotations: "x" is 5; give a text; in YAML, quote what reads as a number; it is taken as "5"',
    ],
    [
      'items that are no list',
      'apiVersion: v1\nkind: List\nitems: 3\n',
      'not-a-list a.yaml:3: the items of a List are not a list',
    ],
    [
      'an item that is no object',
      'apiVersion: v1\nkind: List\nitems:\n- 3\n',
      'not-an-object a.yaml:4: the document is 3; a manifest is a mapping with apiVersion and kind',
    ],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(text)[0]).toBe(expected);
    const { manifests, problems } = readManifests(text, 'a.yaml');
    const isLost = problems.some(({ severity = 'error' }) => severity === 'error');
    expect(isLost && manifests.length > 0).toBe(false);
  });

  test('every mistake of an object, not only the first', () => {
    expect(problemsOf(`${pod('A')}  namespace: B\n  labels: {a: 1, b: 2}\n`)).toHaveLength(4);
  });
});

describe('a text that is made to harm', () => {
  test('ten thousand kinds that there are not do not change what others are taken for', () => {
    const object = (apiVersion: string, kind: string) => ({ apiVersion, kind, metadata: { name: 'a' } });
    const others = [
      object('v1', 'Pod'),
      object('v2', 'Pod'),
      object('apps/v1beta2', 'Deployment'),
      object('v1', 'Pdo'),
    ];
    const madeUp = Array.from({ length: 12_000 }, (_, at) =>
      object(`g${at % 110}.example.com/v1`, `K${at}NetworkPolicy`),
    );
    const alone = manifestsOf(others);
    const { manifests, problems } = manifestsOf([...others, ...madeUp, ...others]);
    expect(manifests.length).toBe(2 * alone.manifests.length + madeUp.length);
    expect(problems.length).toBe(2 * alone.problems.length);
    expect(manifests.at(-1)).toMatchObject({ group: 'apps', kind: 'Deployment' });
    expect(problems.at(-1)?.message).toBe(alone.problems.at(-1)?.message);
  });

  const laughs = (levels: number, width: number) =>
    [...Array(levels).keys()].reduce(
      (text, level) => `${text}  a${level + 1}: &a${level + 1} [${Array(width).fill(`*a${level}`).join(', ')}]\n`,
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  a0: &a0 [x]\n',
    );

  test('a billion laughs are refused, a few are not', () => {
    for (const bomb of [laughs(9, 9), laughs(5, 20), laughs(400, 400)]) {
      expect(problemsOf(`---\n\n${bomb}`)).toEqual([
        'aliases a.yaml:3: the aliases of this document expand to far more than it holds; write it out',
      ]);
    }
    expect(problemsOf(laughs(2, 9))).toEqual([]);
  });

  test('an alias that repeats itself', () => {
    expect(problemsOf('a: &a\n  b: *a\n')).toEqual([
      'aliases a.yaml:1: an alias stands inside of what it repeats, or aliases nest deeper than 1000; write that part out',
    ]);
  });

  test('aliases that nest without end, also where the keys hide their order', () => {
    const lines = [...Array(20_000).keys()].map((n) => `${20_000 - n}: &a${n + 1} [*a${n}]`);
    expect(problemsOf(`99999: &a0 [x]\n${lines.join('\n')}\n`)[0]).toMatch(/^aliases/);
  });

  test.each([
    ['lists', '['.repeat(100_000)],
    ['mappings', '{a: '.repeat(100_000)],
    ['block lists', '- '.repeat(100_000)],
    ['JSON', `{"kind": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('%s nested without end', (_, text) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(/^syntax .*nesting exceeded maxDepth \(1000\)/)]);
  });

  test('merge keys as people use them', () => {
    const keys = [...Array(200).keys()].map((n) => `k${n}: 1`).join(', ');
    const merges = [...Array(200).keys()].map((n) => `  b${n}: {<<: *a}\n`).join('');
    expect(problemsOf(`${pod('a')}spec:\n  a: &a {${keys}}\n${merges}`)).toEqual([]);
  });

  test('merge keys that make much of little', () => {
    const keys = [...Array(2000).keys()].map((n) => `k${n}: 1`).join(', ');
    const text = `a: &a {${keys}}\n${[...Array(2000).keys()].map((n) => `b${n}: {<<: *a}\n`).join('')}`;
    expect(problemsOf(text)).toEqual([expect.stringMatching(/^syntax .*merge keys exceeded/)]);
  });
});
