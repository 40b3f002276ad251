import { jsonText } from '../json';

/** One answer, or a list with one answer on each line, as JSON. */
export function* routeJson(answer: object | readonly object[]): Generator<string> {
  if (!Array.isArray(answer)) {
    yield `${jsonText(answer, 2)}\n`;
    return;
  }
  let separator = '[\n';
  for (const one of answer) {
    yield `${separator}  ${jsonText(one)}`;
    separator = ',\n';
  }
  yield answer.length === 0 ? '[]\n' : '\n]\n';
}
