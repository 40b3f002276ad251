import { readManifests } from '../../../analysis/manifest';

describe('the line of a field', () => {
  const text = [
    '# shop',
    '---',
    'apiVersion: networking.k8s.io/v1', // 3
    'kind: NetworkPolicy',
    'metadata:',
    '  name: a', // 6
    'spec:',
    '  podSelector: &all {}',
    '  ingress:', // 9
    '  - ports: [{port: 80},',
    '      {port: 81}]',
    '    from:', // 12
    '    - podSelector: *all',
    '    -',
    '      namespaceSelector: &ns', // 15
    '        matchLabels:',
    '          a.b/c: "1"',
    '    - namespaceSelector: *ns', // 18
    '  "quoted": 1',
  ].join('\n');
  const source = readManifests(text, 'a.yaml').manifests[0]?.source;

  test.each([
    [[], 3],
    [['metadata'], 5],
    [['metadata', 'name'], 6],
    [['spec', 'ingress'], 9],
    [['spec', 'ingress', 0], 10],
    [['spec', 'ingress', 0, 'ports', 1, 'port'], 11],
    [['spec', 'ingress', 0, 'from', 0, 'podSelector'], 13],
    [['spec', 'ingress', 0, 'from', 1], 15],
    [['spec', 'ingress', 0, 'from', 1, 'namespaceSelector', 'matchLabels', 'a.b/c'], 17],
    [['spec', 'quoted'], 19],
  ])('%j', (path, line) => {
    expect(source?.lineOf(path)).toBe(line);
  });

  test('follows an alias to what it repeats', () => {
    expect(source?.lineOf(['spec', 'ingress', 0, 'from', 2, 'namespaceSelector', 'matchLabels', 'a.b/c'])).toBe(17);
  });

  test('is that of the nearest ancestor where the text has no such field', () => {
    expect(source?.lineOf(['spec', 'ingress', 0, 'from', 7, 'ipBlock'])).toBe(12);
    expect(source?.lineOf(['spec', 'ingress', 0, 'from', 'ipBlock'])).toBe(12);
    expect(source?.lineOf(['status', 'x'])).toBe(3);
  });

  test('counts from the item of a list', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  apiVersion: v1\n  metadata:\n    name: a\n`;
    const item = readManifests(list, 'a.yaml').manifests[0]?.source;
    expect([item?.line, item?.lineOf(['metadata', 'name'])]).toEqual([4, 7]);
  });

  test('is known in JSON too', () => {
    const json = '{\n\t"apiVersion": "v1",\n\t"kind": "Pod",\n\t"metadata": {\n\t\t"name": "a"\n\t}\n}';
    expect(readManifests(json, 'a.json').manifests[0]?.source.lineOf(['metadata', 'name'])).toBe(5);
  });
});
