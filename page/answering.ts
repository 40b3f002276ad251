import type { Session } from '../report/page/session';

/** What a page may ask of its worker. */
export type Asks = Pick<
  Session,
  | 'contents'
  | 'picture'
  | 'matrix'
  | 'pairs'
  | 'workload'
  | 'question'
  | 'questionBefore'
  | 'changes'
  | 'routes'
  | 'routesPicture'
  | 'request'
>;

/** A message to the worker: `open` with what to answer about, then questions. */
export interface Message {
  readonly id: number;
  readonly name: 'open' | keyof Asks;
  readonly args: readonly unknown[];
}

/** The answer to a message. */
export interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  /** Why there is none. */
  readonly error?: string;
}

/** The side of the worker: answers messages about what `open` makes of the first of them. */
export function answering<Opening>(open: (opening: Opening) => Session): void {
  let session: Session | undefined;
  self.onmessage = ({ data: { id, name, args } }: MessageEvent<Message>) => {
    let reply: Reply;
    try {
      if (name === 'open') {
        session = open(args[0] as Opening);
        reply = { id };
      } else {
        const asked = session as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
        reply = { id, answer: asked[name]?.(...args) };
      }
    } catch (error) {
      reply = { id, error: error instanceof Error ? error.message : String(error) };
    }
    self.postMessage(reply);
  };
}
