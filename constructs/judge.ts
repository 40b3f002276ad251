/** A file of an app, as whoever judges it sees it. */
export interface JudgedFile {
  /** Whether it is applied in the place of another one. */
  readonly isAlternative: boolean;
  readonly objects: readonly {
    /** The path of the construct. */
    readonly path: string;
    readonly object: unknown;
  }[];
}

/** What is wrong with an app, as sentences that begin with the path of a construct. */
export interface Judgement {
  /** What must not be written. */
  readonly refused: readonly string[];
  /** What is worth knowing. */
  readonly told: readonly string[];
}

/** Judges what an app is about to write. */
export type Judge = (files: readonly JudgedFile[]) => Judgement;

let provided: (() => Judge) | undefined;

/**
 * Provides who judges an app that asks for it by `validate`. The constructs know nothing of the analysis: the proof is worth
 * something because it reads what ships and not what was meant. So `validation/` calls down to here, and what it loads is loaded by
 * the first app that is judged.
 */
export function provideJudge(load: () => Judge): void {
  provided = load;
}

/** Whoever judges; undefined where nobody was provided. */
export function providedJudge(): Judge | undefined {
  return provided?.();
}

/** Whether there is somebody who judges. */
export function hasJudge(): boolean {
  return provided !== undefined;
}
