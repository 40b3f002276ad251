import type { Severity } from '../../analysis/check';
import { RULES } from '../../analysis/check/registry';
import { jsonText } from '../json';
import { type CheckAnswer, fingerprints } from './answer';
import { WORDS } from './registry';
import { docsOf, type WordedFinding } from './worded';
import type { Words } from './wording';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * Findings as SARIF 2.1.0, which code scanning of GitHub and editors read.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function checkSarif({ findings, version }: CheckAnswer): string {
  const prints = fingerprints(findings);
  const places = new Map(RULES.map(({ code }, at) => [code as string, at]));
  const results = findings.map(({ rule, severity, object, source, message, advice, related }, at) => ({
    ruleId: rule,
    ruleIndex: places.get(rule),
    level: LEVELS[severity],
    message: { text: `${object}: ${message}. ${advice}.` },
    locations: [locationOf(source)],
    relatedLocations: related.map((other, id) => ({
      id,
      message: { text: other.message },
      ...locationOf(other.source),
    })),
    partialFingerprints: { 'cdk8s-networking/v1': prints[at] },
  }));
  const run = {
    tool: {
      driver: {
        name: 'cdk8s-networking',
        semanticVersion: version,
        rules: RULES.map(({ code, severity }) => ({
          id: code,
          shortDescription: { text: (WORDS[code] as Words<never>).title },
          help: { text: `See ${docsOf(code)} of cdk8s-networking.` },
          defaultConfiguration: { level: LEVELS[severity] },
        })),
      },
    },
    columnKind: 'utf16CodeUnits',
    results,
  };
  return `${jsonText({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, 2)}\n`;
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

function locationOf({ file, line, column }: WordedFinding['source']) {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      ...(line === 0 ? {} : { region: { startLine: line, startColumn: Math.max(1, column) } }),
    },
  };
}

/** A path as a reference to a URI: each part encoded, with slashes between them. */
function uriOf(file: string): string {
  return file
    .split(/[/\\]/)
    .map((part) => encodeURIComponent(part))
    .join('/');
}
