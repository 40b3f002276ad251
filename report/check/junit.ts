import { type CheckAnswer, countsOf } from './answer';
import { placeText } from './place';
import type { WordedFinding } from './worded';

/** Findings as a report of tests in the form of JUnit: one suite for each file, a failure for each error and warning. */
export function checkJunit({ findings }: CheckAnswer): string {
  const files = [...new Set(findings.map(({ source }) => source.file))];
  const { error, warning } = countsOf(findings);
  const suites = files.map((file) =>
    suite(
      file,
      findings.filter(({ source }) => source.file === file),
    ),
  );
  const name = 'name="cdk8s-networking check"';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${name} tests="${findings.length}" failures="${error + warning}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(file: string, findings: readonly WordedFinding[]): string {
  const { error, warning } = countsOf(findings);
  return [
    `  <testsuite name="${escaped(file)}" tests="${findings.length}" failures="${error + warning}">`,
    ...findings.map(testcase),
    '  </testsuite>',
  ].join('\n');
}

function testcase({ rule, severity, object, source, message, advice }: WordedFinding): string {
  const open = `    <testcase classname="${escaped(rule)}" name="${escaped(object)}" file="${escaped(source.file)}" line="${source.line}">`;
  const text = `${placeText(source)} ${message}; ${advice}`;
  const body =
    severity === 'info'
      ? `      <system-out>${escaped(text)}</system-out>`
      : `      <failure type="${severity}" message="${escaped(message)}">${escaped(text)}</failure>`;
  return `${open}\n${body}\n    </testcase>`;
}

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** XML has no way to write most control characters at all. */
function escaped(text: string): string {
  return (
    text
      .replace(/[&<>"]/g, (character) => ENTITIES.get(character) as string)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
  );
}
