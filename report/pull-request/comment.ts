import type { PullRequestAnswer } from './answer';
import { composed, whole } from './blocks';
import { connectionBlocks, exposureBlocks, workloadBlocks } from './connections';
import { findingBlocks } from './findings';
import { words } from './inline';
import { openBlocks } from './open';
import { pictureBlocks } from './picture';
import { routeBlocks } from './routes';
import { isSame, openCount, verdict } from './verdict';

/** GitHub takes 65,536 characters; whoever posts the comment adds a line or two. */
const MOST_CHARACTERS = 64_000;

/**
 * What a change does, as Markdown for a comment on a pull request: the verdict in the first line; what opens, as a warning; requests that go
 * elsewhere; ways in; new findings; the rest folded. Where nothing changes and all is decided it is one line.
 */
export function pullRequestComment(answer: PullRequestAnswer, limit = MOST_CHARACTERS): string {
  const first = whole(`**${words(verdict(answer))}**\n`);
  if (isSame(answer) && openCount(answer) === 0) {
    return composed([first], limit);
  }
  const { opened, rest } = connectionBlocks(answer);
  const blocks = [
    first,
    ...opened,
    ...routeBlocks(answer),
    ...exposureBlocks(answer),
    ...findingBlocks(answer),
    ...rest,
    ...workloadBlocks(answer),
    ...openBlocks(answer),
    ...pictureBlocks(answer),
  ];
  return composed(blocks, limit);
}
