import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { deflateAsync } from '@gfx/zopfli';
import { minify } from '@swc/core';
import { build, type Plugin } from 'esbuild';
import { DARK, LIGHT, RULES } from '../report/graph/svg/style';
import { FONT } from '../report/graph/svg/text';
import type { PageAssets } from '../report/page/frame';
import { licence, packagesOf } from './licences';

const ROOT = join(__dirname, '..');

/** Where the package keeps the parts of pages. */
export const ASSETS = join(ROOT, 'lib/page/assets.json');

/** What is not used is left out: no file of the analysis does anything by being loaded. So no page holds a reader of YAML. */
const UNUSED_LEFT_OUT: Plugin = {
  name: 'unused-left-out',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^(\.|\/|@|(js-yaml|ip-address)$)/ }, async ({ path, pluginData, ...rest }) =>
      pluginData === UNUSED_LEFT_OUT
        ? undefined
        : { ...(await resolve(path, { ...rest, pluginData: UNUSED_LEFT_OUT })), sideEffects: false },
    );
  },
};

/** What js-yaml makes when it is loaded, and what only who writes YAML needs: an expression may be left out, if nothing asks for it. */
const UNUSED_YAML_LEFT_OUT: Plugin = {
  name: 'unused-yaml-left-out',
  setup({ onLoad }) {
    onLoad({ filter: /js-yaml\.mjs$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .replace(
          /^var ([\w$]+) = ((?:new RegExp\(|String\.raw)?`.*`(?:, "u")?\)?|[A-Z_]+\.[A-Z_]+|new Schema\(\[\n(?:.*\n)*?\]\)|(?:[A-Z0-9_]+\.withTags\()?\{\n(?:.*\n)*?\}\)?);$/gm,
          'var $1 = /* @__PURE__ */ (() => ($2))();',
        )
        .replace(
          /^(var [\w$]+ = )(?=(?:new Schema|define\w+Tag|[A-Z0-9_]+\.withTags|Object\.assign)\()/gm,
          '$1/* @__PURE__ */ ',
        ),
      loader: 'js',
    }));
  },
};

/** Methods of addresses that nobody here calls: members of a class are left out by no bundler. */
const UNUSED_METHODS = [
  'canonicalForm decimal embeddedIPv4 (?:start|end)AddressExclusive from(?:Address4|AddressAndMask|AddressAndWildcardMask|Arpa|(?:Unsigned)?ByteArray)',
  'from(?:Integer|URL|Wildcard) (?:from|to)Address4Nat64 getBits getBitsBase16 getBitsPastSubnet getScope getType group groupForV6 href inspect6to4',
  'inspectTeredo is(?:6to4|Benchmarking|Broadcast|CGNAT|Canonical|Documentation|Global|LinkLocal|Loopback|Mapped4|Multicast|Private|Reserved|Teredo|ULA|Unspecified)',
  'link microsoftTranscription networkForm nextNetwork offset possibleSubnets regularExpression(?:String)? reverseForm subnetMaskAddress',
  'to4 to4in6 to6to4 toArray to(?:Unsigned)?ByteArray toHex wildcardMask withSubnetMask',
]
  .join(' ')
  .replaceAll(' ', '|');

/** Those methods, and the tables that only they look at. */
const UNUSED_OF_ADDRESSES = [
  new RegExp(`^ {4}(?:static )?(?:${UNUSED_METHODS})\\(.*\\) \\{\\n[\\s\\S]*?^ {4}\\}\\n`, 'gm'),
  /^const [A-Z\d_]+_(?:SUBNETS?|V[46]) = (?:.*;|[^;]*?^[\]})]+;)\n/gm,
  /^exports\.(?:SCOPES|TYPES|SPECIAL_PURPOSE) = (?:\{|\[)\n[\s\S]*?^[}\]];\n/gm,
];

const UNUSED_METHODS_LEFT_OUT: Plugin = {
  name: 'unused-methods-left-out',
  setup({ onLoad }) {
    onLoad({ filter: /ip-address[\\/]dist[\\/](?:ipv[46]|v[46][\\/]constants)\.js$/ }, ({ path }) => {
      const whole = readFileSync(path, 'utf8');
      const contents = UNUSED_OF_ADDRESSES.reduce((text, unused) => text.replace(unused, ''), whole);
      const asked = new RegExp(
        `\\.(?:${UNUSED_METHODS})\\(|\\.(?:SCOPES|TYPES|SPECIAL_PURPOSE)\\b(?! =)|\\b[A-Z\\d_]+_(?:SUBNETS?|V[46])\\b`,
      ).exec(contents.replace(/\/\*\*[\s\S]*?\*\//g, ''));
      if (asked !== null) {
        throw new Error(`${path} asks for ${asked[0]}, which is left out of pages`);
      }
      return { contents, loader: 'js' };
    });
  },
};

/** One script of a page with all that it imports, as text, and the licences of packages in it. */
export async function bundled(entry: string): Promise<{ readonly text: string; readonly licences: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(ROOT, entry)],
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    charset: 'utf8',
    legalComments: 'none',
    tsconfigRaw: {},
    plugins: [UNUSED_LEFT_OUT, UNUSED_YAML_LEFT_OUT, UNUSED_METHODS_LEFT_OUT],
    metafile: true,
    write: false,
  });
  const [output] = Object.values(metafile.outputs);
  const used = Object.entries(output?.inputs ?? {}).flatMap(([file, { bytesInOutput }]) =>
    bytesInOutput > 0 ? file : [],
  );
  const text = outputFiles.map((file) => file.text).join('');
  return { text: text.trim(), licences: packagesOf(used).map(licence) };
}

/** A bundle that is made smaller once more: people wait for its bytes. */
export async function small(entry: string): Promise<{ readonly text: string; readonly licences: readonly string[] }> {
  const { text, licences } = await bundled(entry);
  const { code } = await minify(text, {
    compress: { passes: 3, ecma: 2022, keep_fargs: false },
    mangle: { toplevel: true },
    ecma: 2022,
    module: false,
    format: { comments: false },
  });
  // Strings that would end the element in which the script stands.
  return { text: code.replace(/<(?=\/(script|style)|!--)/gi, '\\x3C').trim(), licences };
}

/** The style of pages: their own, and that of the pictures. */
export function pageStyle(): string {
  const own = readFileSync(join(ROOT, 'page/page.css'), 'utf8');
  return [
    `:root{${LIGHT}}body{font-family:${FONT}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){${DARK}}}`,
    `:root[data-theme="dark"]{${DARK}}`,
    RULES,
    own.trim(),
  ].join('\n');
}

/** What the sources make. Fewer iterations make the same page of a few more bytes; without any, Zopfli is not asked. */
export async function assetsOf(entry = 'page/main.ts', iterations = ITERATIONS): Promise<PageAssets> {
  const [{ text: script }, { text: program, licences }] = await Promise.all([small(entry), small('page/worker.ts')]);
  const style = pageStyle();
  for (const text of [script, style, ...licences]) {
    if (/<\/(script|style)|<!--/i.test(text)) {
      throw new Error('a script or style of the page holds what would end its element');
    }
  }
  return {
    style,
    script,
    engine: await compressed(program, iterations),
    styleHash: hashOf(style),
    scriptHash: hashOf(script),
    licences: licences.join('\n'),
  };
}

/** How often Zopfli looks for a better way: each time takes about half a second, and more than these find next to nothing. */
const ITERATIONS = 5;

/** A program as pages hold it: compressed once, for whoever loads it, as base64. */
export async function compressed(program: string, numiterations = ITERATIONS): Promise<string> {
  const bytes = Buffer.from(program);
  const small = numiterations === 0 ? deflateRawSync(bytes) : await deflateAsync(bytes, { numiterations });
  return Buffer.from(small).toString('base64');
}

/** A text as a Content-Security-Policy names it. */
export function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

if (require.main === module) {
  void assetsOf().then((assets) => {
    mkdirSync(join(ASSETS, '..'), { recursive: true });
    writeFileSync(ASSETS, JSON.stringify(assets));
  });
}
