import type { Severity } from '../../analysis/check';
import { jsonText } from '../json';
import { type CheckAnswer, fingerprints } from './answer';

const SEVERITY_NAMES: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' };

/**
 * Findings as a code quality report of GitLab. Fingerprints do not hold the line, so that a finding that moves is not new.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function checkGitlab({ findings }: CheckAnswer): string {
  const prints = fingerprints(findings);
  return `${jsonText(
    findings.map(({ rule, severity, object, source, message, advice }, at) => ({
      description: `${object}: ${message}; ${advice}`,
      check_name: rule,
      fingerprint: prints[at],
      severity: SEVERITY_NAMES[severity],
      location: { path: source.file, lines: { begin: Math.max(1, source.line) } },
    })),
    2,
  )}\n`;
}
