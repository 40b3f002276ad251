import { dump } from 'js-yaml';

/** Objects as YAML, a document each. */
export function* objectsYaml(objects: readonly object[]): Generator<string> {
  let separator = '';
  for (const object of objects) {
    yield `${separator}${dump(object, { noRefs: true, lineWidth: -1 })}`;
    separator = '---\n';
  }
}
