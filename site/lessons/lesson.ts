import type { ConnectionQuestion, ConnectionTable, FindingsQuestion, Redirect, Request } from '../../jest/types';

/** What a task asks for: the assertions of the matchers, as data. */
export type Claim =
  | { readonly allows: ConnectionQuestion }
  | { readonly denies: ConnectionQuestion }
  | { readonly deniesAll: ConnectionTable }
  | { readonly exposes: string }
  | { readonly hides: string }
  | { readonly findings: FindingsQuestion }
  | { readonly request: Request; readonly answers: number }
  | { readonly request: Request; readonly to: string }
  | { readonly request: Request; readonly splits: Readonly<Record<string, number>> }
  | { readonly request: Request; readonly redirects: Redirect };

/** Something to reach. It is done when all of its claims hold. */
export interface Task {
  readonly says: string;
  readonly claims: readonly Claim[];
}

/** Manifests: files of `dist/` by name, and texts of YAML. */
export type Pieces = readonly (`dist:${string}` | string)[];

/** One step of a lesson. */
export interface Step {
  readonly title: string;
  /** Paragraphs; what stands between backticks is code. */
  readonly text: readonly string[];
  /**
   * What is in the editor at first.
   *
   * @default - the solution of the step before
   */
  readonly start?: Pieces;
  readonly tasks: readonly Task[];
  readonly hint?: string;
  /** What fulfils all tasks: what somebody may look at, and what tests prove. */
  readonly solution: Pieces;
  /** The tab that shows best what the step is about. */
  readonly view?: 'picture' | 'connections' | 'routes' | 'findings' | 'changes';
  /** What the request box asks at first. */
  readonly request?: { readonly url: string; readonly headers?: string };
}

export interface Lesson {
  /** Stands in links and in what browsers remember; never changed. */
  readonly id: string;
  readonly title: string;
  /** One line of what it teaches. */
  readonly about: string;
  readonly steps: readonly Step[];
}

/** Lessons that belong together. */
export interface Course {
  readonly title: string;
  readonly about: string;
  readonly lessons: readonly Lesson[];
}

const FILE = 'dist:';

/** The files that pieces name. */
export function filesIn(pieces: Pieces): readonly string[] {
  return pieces.flatMap((piece) => (piece.startsWith(FILE) ? [piece.slice(FILE.length)] : []));
}

/**
 * Pieces as one text.
 *
 * @param files the texts of files by their names
 * @throws Error for a file that is not among these
 */
export function textOf(pieces: Pieces, files: Readonly<Record<string, string>>): string {
  return pieces
    .map((piece) => {
      const text = piece.startsWith(FILE) ? files[piece.slice(FILE.length)] : piece;
      if (text === undefined) {
        throw new Error(`there is no file ${piece}`);
      }
      return `${text.trim()}\n`;
    })
    .join('---\n');
}

/** What is in the editor at the beginning of a step. */
export function startOf({ steps }: Lesson, at: number): Pieces {
  return steps[at]?.start ?? steps[at - 1]?.solution ?? [];
}
