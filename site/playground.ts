import { appliedSets, check } from '../analysis/check';
import { refusedByServer } from '../analysis/check/alternatives';
import { judged, type Manifest, type Problem, readManifests } from '../analysis/manifest';
import { type WordedFinding, worded } from '../report/check/worded';
import { Requests } from '../report/page/routing';
import { type Contents, Session } from '../report/page/session';
import { type Grade, graded } from './grade';
import type { Claim } from './lessons/lesson';
import { type RouteChange, routeChanges } from './route-changes';

/** What answers call the text of the editor, and the state that was kept. */
export const NOW = 'manifests.yaml';
export const KEPT = 'kept.yaml';

/** Something about a line of the text. */
export interface Mark {
  /** From 1; 0 where no line is to blame. */
  readonly line: number;
  /** From 1; 0 for the whole line. */
  readonly column: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}

/** What became of a text. */
export interface Reading {
  /** `answered`: everything else is asked about this text now. Otherwise it is asked about the last one that was answered. */
  readonly state: 'answered' | 'broken' | 'empty';
  readonly marks: readonly Mark[];
  /** How many objects were read. */
  readonly objects: number;
  readonly contents?: Contents;
}

/** The worker's side of the playground: what a text means. It needs no browser, and takes and gives plain data. */
export class Playground {
  private manifests: readonly Manifest[] = [];
  private current: Session | undefined;
  private kept: { readonly text: string; readonly manifests: readonly Manifest[] } | undefined;

  /**
   * Takes a text.
   *
   * @param kept the text with which it is compared
   */
  read(text: string, kept?: string): Reading {
    const { manifests, problems: found } = readManifests(text, NOW);
    const { problems, warnings } = judged(found, 'tolerant');
    if (problems.length > 0) {
      return { state: 'broken', marks: [...problems.map(error), ...warnings.map(warning)], objects: manifests.length };
    }
    if (manifests.length === 0) {
      return { state: 'empty', marks: warnings.map(warning), objects: 0 };
    }
    const refused = refusedByServer(appliedSets([{ manifests, isAlternative: false }]), found, 'tolerant');
    const marks = [...refused.problems.map(error), ...refused.warnings.map(warning)];
    const session = new Session({ manifests, before: this.before(kept), options: { input: 'tolerant' } });
    const contents = session.contents();
    if (contents.problems.length > 0) {
      return { state: 'broken', marks, objects: manifests.length };
    }
    this.manifests = manifests;
    this.current = session;
    return { state: 'answered', marks, objects: manifests.length, contents };
  }

  private before(text: string | undefined): readonly Manifest[] | undefined {
    if (text === undefined) {
      return undefined;
    }
    if (this.kept?.text !== text) {
      this.kept = { text, manifests: readManifests(text, KEPT).manifests };
    }
    return this.kept.manifests;
  }

  /** What `check` finds in the text that was answered last. */
  findings(): readonly WordedFinding[] {
    return check(this.manifests).findings.map(worded);
  }

  /** The routes that are not as they were in the text that was kept. */
  routeChanges(): readonly RouteChange[] {
    const before = this.kept === undefined ? [] : new Requests(this.kept.manifests).targets();
    return routeChanges(before, this.session.routes());
  }

  /** Judges claims about the text that was answered last. */
  grade(claims: readonly Claim[]): readonly Grade[] {
    return graded(this.manifests, claims);
  }

  /**
   * Answers about the text that was answered last.
   *
   * @throws Error where none was
   */
  get session(): Session {
    if (this.current === undefined) {
      throw new Error('nothing was read yet');
    }
    return this.current;
  }
}

function error({ line, message }: Problem): Mark {
  return { line, column: 0, severity: 'error', message };
}

function warning({ line, message }: Problem): Mark {
  return { line, column: 0, severity: 'warning', message };
}
