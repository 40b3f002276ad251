import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import {
  ENTRIES,
  IMPORTED,
  imported,
  own,
  REQUIRED,
  required,
  TEST_NAMES,
  TESTED,
  UNTYPED,
  WITH_JEST_GLOBALS,
} from '../helpers/consumer';
import { ran } from './install';
import type { RESOLUTIONS } from './versions';

const JEST = path.posix.join(own.name, 'jest');

/** A judge says what is wrong; nothing, where all is well. */
export type Verdict = string | undefined;

/** Whether a consumer gets known YAML from this Node.js, and can start the command line. */
export function writes(at: string, node: string, yaml: string): Verdict {
  fs.writeFileSync(path.join(at, 'consumer.cjs'), REQUIRED);
  fs.writeFileSync(path.join(at, 'consumer.mjs'), IMPORTED);
  return said(() => {
    for (const file of ['consumer.cjs', 'consumer.mjs']) {
      if (ran(node, [file], at) !== yaml) {
        throw new Error(`${file} writes other YAML`);
      }
    }
    fs.writeFileSync(path.join(at, 'shop.yaml'), yaml);
    const program = path.join(at, 'node_modules', own.name, own.bin[own.name]);
    const question = ['connections', '--from', 'loadgenerator', '--to', 'frontend', '--port', '8080', 'shop.yaml'];
    const answer = ran(node, [program, ...question], at);
    if (!answer.includes('loadgenerator may connect to')) {
      throw new Error(`the command line answers ${answer}`);
    }
  });
}

/** Whether the matchers pass right tests and fail a wrong one, in the jest that the consumer has. */
export function tests(at: string, node: string): Verdict {
  const wrong = `test('wrong', () => {
    expect([app, INGRESS]).toRoute({ url: 'http://shop.example.com/' }).toBackend('cartservice');
  });`;
  fs.writeFileSync(path.join(at, 'shop.test.js'), `${required(TEST_NAMES)}\nrequire('${JEST}');${TESTED}${wrong}`);
  fs.writeFileSync(path.join(at, 'jest.config.json'), JSON.stringify({ transform: {} }));
  const args = [path.join(at, 'node_modules/jest/bin/jest.js'), '--ci=false'];
  const { stderr } = spawnSync(node, args, { cwd: at, encoding: 'utf8' });
  const text = stripVTControlCharacters(stderr);
  const isRight =
    text.includes('1 failed, 2 passed, 3 total') &&
    text.includes('expect(manifests).toRoute(request).toBackend("cartservice")');
  return isRight ? undefined : text;
}

/** Whether a compiler takes what is right, and nothing else: constructs, every entry point, and matchers of jest. */
export function compiles(
  at: string,
  compiler: string,
  resolution: (typeof RESOLUTIONS)[number],
  options = {},
): Verdict {
  // Without the comment the wrong value, and without the wrong value the comment, would be an error.
  const wrong = `// @ts-expect-error\nnew Calico(new Chart(app, 'wrong'), 'calico', { values: 7 });`;
  const written = `declare const process: { stdout: { write(text: string): void } };\n${IMPORTED}\n${wrong}`;
  const entries = ENTRIES.filter((entry) => !entry.endsWith('/vitest'));
  const namespaces = entries.map((one, index) => `import * as entry${index} from '${path.posix.join(own.name, one)}';`);
  const used = `export const names: string[][] = [${entries.map((_, index) => `Object.keys(entry${index})`)}];`;
  const names = [...TEST_NAMES, WITH_JEST_GLOBALS];
  const files = {
    'checked.ts': written,
    'entries.ts': [...namespaces, used].join('\n'),
    'shop.ts': `${imported(names)}\nimport '${JEST}';${TESTED}${UNTYPED}`,
  };
  for (const [file, text] of Object.entries(files)) {
    fs.writeFileSync(path.join(at, file), text);
  }
  // One of them reads every declaration of the library, and of what it builds on.
  const skipLibCheck = resolution.moduleResolution !== 'node16';
  const strict = { strict: true, noEmit: true, skipLibCheck, target: 'es2022', types: ['node'] };
  const compilerOptions = { ...strict, ...resolution, ...options };
  fs.writeFileSync(path.join(at, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(files) }));
  return said(() => ran(process.execPath, [compiler, '-p', 'tsconfig.json'], at));
}

function said(judge: () => unknown): Verdict {
  try {
    judge();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
