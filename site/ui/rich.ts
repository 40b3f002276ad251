import { el } from '../../page/ui/dom';

/** A text as nodes: what stands between backticks is code. */
export function rich(text: string): readonly (Node | string)[] {
  return text.split('`').map((part, at) => (at % 2 === 0 ? part : el('code', {}, part)));
}
