import { Playground } from './playground';

/** What the page may ask of its worker. */
export function asksOf(playground = new Playground()) {
  const session = () => playground.session;
  return {
    read: playground.read.bind(playground),
    routeChanges: playground.routeChanges.bind(playground),
    grade: playground.grade.bind(playground),
    findings: playground.findings.bind(playground),
    picture: (...args: Parameters<Session['picture']>) => session().picture(...args),
    matrix: (...args: Parameters<Session['matrix']>) => session().matrix(...args),
    workload: (...args: Parameters<Session['workload']>) => session().workload(...args),
    question: (...args: Parameters<Session['question']>) => session().question(...args),
    questionBefore: (...args: Parameters<Session['questionBefore']>) => session().questionBefore(...args),
    changes: () => session().changes(),
    routes: () => session().routes(),
    request: (...args: Parameters<Session['request']>) => session().request(...args),
  };
}

type Session = Playground['session'];

/** Questions by their names. */
export type Asks = ReturnType<typeof asksOf>;

/** A question. */
export interface Message {
  readonly id: number;
  readonly name: keyof Asks;
  readonly args: readonly unknown[];
}

/** The answer to the question with this id, or why there is none. */
export interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}
