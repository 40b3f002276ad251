import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import * as constructs from 'constructs';
import * as library from '../constructs';
import { blocksIn, isExample, type Page, run } from './doc-blocks';

/** What an example may import. */
const MODULES = new Map<string, unknown>([
  ['cdk8s-networking', library],
  ['cdk8s', cdk8s],
  ['cdk8s-plus-27', plus],
  ['constructs', constructs],
]);

/** What the body of a chart synthesizes, with what it adds to the app besides. */
export function synthesized(example: string): { readonly yaml: string; readonly objects: number } {
  const outdir = process.env.CDK8S_OUTDIR;
  delete process.env.CDK8S_OUTDIR;
  try {
    const app = new library.NetworkingApp();
    run(example, MODULES, { app, chart: new cdk8s.Chart(app, 'chart') });
    const objects = app.manifestFiles().flatMap((file) => file.objects);
    return { yaml: cdk8s.Yaml.stringify(...objects), objects: objects.length };
  } finally {
    if (outdir !== undefined) {
      process.env.CDK8S_OUTDIR = outdir;
    }
  }
}

/**
 * The text of a page in which every `ts example` is followed by just what it synthesizes.
 *
 * @throws Error with file and line, when an example fails or has no block of YAML after it.
 */
export function refreshed({ file, text }: Page): string {
  const blocks = blocksIn(text);
  const parts: string[] = [];
  let done = 0;
  for (const [index, example] of blocks.entries()) {
    if (!isExample(example)) {
      continue;
    }
    const at = `${file}:${example.line}`;
    const next = blocks[index + 1];
    if (next?.info !== 'yaml') {
      throw new Error(`${at}: no block of YAML follows the example; add \`\`\`yaml and \`\`\`, npm run docs fills it`);
    }
    const { yaml, objects } = inPlace(at, () => synthesized(example.text));
    const between = text.slice(example.start + example.text.length, next.start);
    parts.push(
      text.slice(done, example.start + example.text.length),
      between.replace(/\b\d+ objects?(?=<\/summary>)/, `${objects} object${objects === 1 ? '' : 's'}`),
      yaml,
    );
    done = next.start + next.text.length;
  }
  return parts.join('') + text.slice(done);
}

function inPlace<Value>(at: string, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    throw new Error(`${at}: ${error instanceof Error ? error.message : error}`);
  }
}
