import { type Asks, asksOf, type Message, type Reply } from './asks';

const asks: { readonly [Name in keyof Asks]: (...args: never[]) => unknown } = asksOf();

self.onmessage = ({ data: { id, name, args } }: MessageEvent<Message>) => {
  let reply: Reply;
  try {
    reply = { id, answer: asks[name](...(args as never[])) };
  } catch (error) {
    reply = { id, error: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(reply);
};
