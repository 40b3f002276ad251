import { jsonText } from '../json';

/** One answer, or a list with one answer on each line, as JSON. */
export function* routeJson(answer: object | readonly object[]): Generator<string> {
  if (!Array.isArray(answer)) {
    yield `${jsonText(answer, 2)}\n`;
    return;
  }
  const list = new JsonList();
  yield* list.add(answer);
  yield* list.end();
}

/** A list with one answer on each line, as JSON, when some of them come after others. */
export class JsonList {
  private separator = '[\n';

  *add(answers: Iterable<object>): Generator<string> {
    for (const one of answers) {
      yield `${this.separator}  ${jsonText(one)}`;
      this.separator = ',\n';
    }
  }

  *end(): Generator<string> {
    yield this.separator === '[\n' ? '[]\n' : '\n]\n';
  }
}
