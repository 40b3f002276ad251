import type { Severity } from '../../analysis/check';
import { type Annotation, type Level, workflowCommands } from '../workflow-commands';
import type { CheckAnswer } from './answer';
import type { WordedFinding } from './worded';

const LEVELS: Readonly<Record<Severity, Level>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Findings as commands of a GitHub workflow, which annotate lines. */
export function checkGithub({ findings }: CheckAnswer): Iterable<string> {
  return workflowCommands(findings.map(findingAnnotation));
}

/** A finding as an annotation of its line. */
export function findingAnnotation({ severity, source, object, rule, message, advice }: WordedFinding): Annotation {
  const { file, line, column } = source;
  const title = `${rule}: ${object}`;
  return { level: LEVELS[severity], title, message: `${message}\n${advice}`, file, line, column };
}
