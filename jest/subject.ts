import type { AppliedFile } from '../analysis/check';
import { appliedFiles } from '../analysis/check/alternatives';
import { type Manifest, manifestsOf, type Problem, type Reading, readManifests } from '../analysis/manifest';
import { listIn } from '../analysis/manifest/lists';
import { memorySource } from '../analysis/manifest/locate';
import { isMapping } from '../analysis/manifest/value';
import { isWithin } from '../input/alternatives';
import { InputReader } from '../input/files';
import { shownArgument } from './arguments';
import { alternativeOf, isConstruct, objectsBelow, validationProblems } from './constructs';
import { Unanswerable } from './failure';
import type { SubjectInput } from './manifests';
import type { Subject } from './types';

/**
 * Reads a subject.
 *
 * @throws Unanswerable for what can be no manifests
 */
export function readSubject(subject: unknown): SubjectInput {
  const reader = new SubjectReader();
  reader.read(subject as Subject, 'objects');
  return reader;
}

const FORMS = 'give a construct, the path of a file or folder, a text of YAML, an object, or a list of these';

class SubjectReader implements SubjectInput {
  private readonly reader = new InputReader(process.cwd(), parsed);
  readonly manifests: Manifest[] = this.reader.manifests;
  readonly problems: Problem<Reading['problems'][number]['code']>[] = this.reader.problems;
  readonly unread: Problem[] = this.reader.unread;
  /** The charts of objects that are applied in the place of others. */
  private readonly alternatives = new Map<Manifest, string>();

  files(alternatives: readonly string[]): readonly AppliedFile[] {
    const isAlternative = isWithin(alternatives, process.cwd());
    const charts = new Map<string, Manifest[]>();
    for (const [manifest, chart] of this.alternatives) {
      listIn(charts, chart).push(manifest);
    }
    const usual = this.manifests.filter((manifest) => !this.alternatives.has(manifest));
    return [
      ...appliedFiles(usual, isAlternative),
      ...[...charts.values()].map((manifests) => ({ manifests, isAlternative: true })),
    ];
  }

  read(subject: unknown, name: string): void {
    if (typeof subject === 'string') {
      this.text(subject, name);
    } else if (isConstruct(subject)) {
      for (const { file, message } of validationProblems(subject)) {
        this.unread.push({ code: 'invalid', file, line: 0, message });
      }
      for (const one of objectsBelow(subject)) {
        const reading = placed(manifestsOf([one.toJson()]), one.node.path);
        this.add(reading);
        const chart = alternativeOf(one);
        for (const manifest of chart === undefined ? [] : reading.manifests) {
          this.alternatives.set(manifest, chart as string);
        }
      }
    } else if (Array.isArray(subject)) {
      if (subject.length === 0) {
        throw new Unanswerable(`${name === 'objects' ? 'the list' : name} of manifests is empty; ${FORMS}`);
      }
      for (const [index, one] of subject.entries()) {
        this.read(one, `${name}[${index}]`);
      }
    } else if (isMapping(subject) && 'apiVersion' in subject && 'kind' in subject) {
      this.add(placed(manifestsOf([subject]), name));
    } else {
      throw new Unanswerable(`${name === 'objects' ? 'expect' : name} is given ${shownArgument(subject, 1)}; ${FORMS}`);
    }
  }

  private text(text: string, name: string): void {
    if (text.includes('\n')) {
      this.add(readManifests(text, name === 'objects' ? 'text' : name));
    } else {
      this.reader.path(text);
    }
  }

  private add({ manifests, problems }: Reading): void {
    for (const manifest of manifests) {
      this.manifests.push(manifest);
    }
    for (const problem of problems) {
      this.problems.push(problem);
    }
  }
}

/** Calls objects by a name of their own, without the index of a list. */
function placed({ manifests, problems }: Reading, file: string): Reading {
  return {
    manifests: manifests.map((manifest) => ({ ...manifest, source: memorySource(file) })),
    problems: problems.map((problem) => ({ ...problem, file })),
  };
}

/** What was read of a file last. A test asks many questions about the same files, and parsing takes longest. */
const readings = new Map<string, { readonly text: string; readonly reading: Reading }>();

function parsed(text: string, file: string): Reading {
  const before = readings.get(file);
  if (before?.text === text) {
    return before.reading;
  }
  const reading = readManifests(text, file);
  readings.set(file, { text, reading });
  return reading;
}
