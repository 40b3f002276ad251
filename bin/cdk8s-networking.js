#!/usr/bin/env node
const { isAscii } = require('node:buffer');
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

/**
 * The program. It loads files of `lib/` as Node.js does, and keeps what V8 compiled of them from one run to the next, in a file that is the
 * user's own. Unlike what Node.js keeps itself, from its release 22 on, that holds the functions that were run, which is most of what
 * there is to compile.
 */

const HEAD = Buffer.from('(function (exports, require, module, __filename, __dirname) { ');
const TAIL = Buffer.from('\n})');

/** Of so many bytes Node.js makes a text outside of the heap of V8; of fewer, one within it. */
const OUTSIDE = 1_031_913;

/** What a file begins with that this program wrote, up to the length of the table of what is in it. */
const MARK = 'cdk8s-networking 2\n';

/**
 * What a file exports, with all that it requires of the same folder.
 *
 * @param {string} folder
 * @param {string} name
 * @param {string | undefined} kept the file where compiled code is kept; without one, Node.js itself loads all of it
 */
function load(folder, name, kept) {
  if (kept === undefined) {
    return require(path.join(folder, name));
  }
  const known = read(kept);
  /** @type {Map<string, { bytes: Buffer, script: vm.Script }>} */
  const compiled = new Map();
  const modules = new Map();
  // What is kept of another build of the program, or another V8, is worth nothing.
  let isOther = false;
  let isMissing = false;

  const compile = (file) => {
    const filename = path.join(folder, file);
    const source = fs.readFileSync(filename);
    const found = known.get(file);
    const isSame = found !== undefined && isAround(source, found.bytes);
    const bytes = isSame ? found.bytes : Buffer.concat([HEAD, source, TAIL]);
    const options = { filename, columnOffset: -HEAD.length, cachedData: isSame ? found.code : undefined };
    const script = new vm.Script(isSame ? found.text() : bytes.utf8Slice(), options);
    isOther ||= found !== undefined && (!isSame || script.cachedDataRejected === true);
    isMissing ||= found === undefined;
    compiled.set(file, { bytes, script });
    return { filename, script };
  };

  const required = (id) => (id.startsWith('./') ? loaded(id.slice(2)) : require(id));
  const loaded = (file) => {
    let module = modules.get(file);
    if (module === undefined) {
      module = { exports: {} };
      modules.set(file, module);
      const { filename, script } = compile(file);
      script.runInThisContext().call(module.exports, module.exports, required, module, filename, folder);
    }
    return module.exports;
  };

  process.once('exit', () => {
    if ((isOther || isMissing) && isShort()) {
      write(kept, compiled, isOther ? new Map() : known);
    }
  });
  return loaded(name);
}

/** So many microseconds of the processor a run may take whose code is kept. */
const SHORT = 500_000;

/** Whether a run took little: a long one gains nothing, and what it runs beside would make each short one read more. */
function isShort() {
  const { user, system } = process.cpuUsage();
  return user + system < SHORT;
}

/** Whether these are the bytes of the function around a source. */
function isAround(source, bytes) {
  const end = bytes.length - TAIL.length;
  return (
    end - HEAD.length === source.length &&
    bytes.compare(source, 0, source.length, HEAD.length, end) === 0 &&
    bytes.compare(HEAD, 0, HEAD.length, 0, HEAD.length) === 0 &&
    bytes.compare(TAIL, 0, TAIL.length, end) === 0
  );
}

/**
 * What is kept in a file: by name, the function around the source, as bytes and as a text, and its code. V8 itself looks whether code
 * is of its own release.
 *
 * @returns {Map<string, { bytes: Buffer, text(): string, code: Buffer }>}
 */
function read(file) {
  let descriptor;
  try {
    descriptor = fs.openSync(file, 'r');
    // Code that others may write is not run.
    const { uid, mode } = fs.fstatSync(descriptor);
    if (process.geteuid !== undefined && (uid !== process.geteuid() || (mode & 0o022) !== 0)) {
      return new Map();
    }
    const bytes = fs.readFileSync(descriptor);
    if (bytes.latin1Slice(0, MARK.length) !== MARK) {
      return new Map();
    }
    const start = MARK.length + 4;
    const end = start + bytes.readUInt32LE(MARK.length);
    const table = JSON.parse(bytes.latin1Slice(start, end));
    let at = end;
    const part = (size) => {
      at += size;
      return bytes.subarray(at - size, at);
    };
    const sizes = table.reduce((sum, [, size]) => sum + size, 0);
    const texts = textsOf(bytes, end, end + sizes);
    const sources = table.map(([, size]) => {
      const start = at;
      const own = part(size);
      return { bytes: own, text: () => texts?.slice(start - end, start - end + size) ?? own.utf8Slice() };
    });
    const kept = new Map(table.map(([name, , size], index) => [name, { ...sources[index], code: part(size) }]));
    return at === bytes.length ? kept : new Map();
  } catch {
    return new Map();
  } finally {
    if (descriptor !== undefined) {
      fs.closeSync(descriptor);
    }
  }
}

/**
 * Texts that stand beside each other as one, of which parts are taken without a copy; `undefined` where they are not all ASCII. What
 * follows is taken with them so that it is long enough to be kept outside of the heap: half a megabyte there is moved twice.
 */
function textsOf(bytes, start, end) {
  return isAscii(bytes.subarray(start, end))
    ? bytes.latin1Slice(start, Math.min(Math.max(end, start + OUTSIDE), bytes.length))
    : undefined;
}

/** Writes what was compiled beside what is there already. Where that is not possible, the next run compiles again. */
function write(file, compiled, known) {
  const making = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const descriptor = fs.openSync(making, 'wx', 0o600);
    try {
      fs.writeFileSync(descriptor, bytesOf(compiled, known));
      // A file of this name is whole, even after the machine has lost its power: V8 runs what it is given.
      fs.fsyncSync(descriptor);
      fs.renameSync(making, file);
    } finally {
      fs.closeSync(descriptor);
      fs.rmSync(making, { force: true });
    }
  } catch {}
}

function bytesOf(compiled, known) {
  const all = new Map(known);
  for (const [name, { bytes, script }] of compiled) {
    all.set(name, { bytes, code: script.createCachedData() });
  }
  const table = JSON.stringify([...all].map(([name, { bytes, code }]) => [name, bytes.length, code.length]));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(table.length);
  const parts = [...[...all.values()].map(({ bytes }) => bytes), ...[...all.values()].map(({ code }) => code)];
  return Buffer.concat([Buffer.from(MARK), size, Buffer.from(table), ...parts]);
}

/**
 * Where compiled code is kept for a run, if anywhere: by the release of Node.js, and by command, since each runs other functions.
 *
 * @param {Record<string, string | undefined>} env
 */
function keptFor(env, command) {
  // Code that was compiled before tells less of what ran.
  if (env.NODE_DISABLE_COMPILE_CACHE || env.NODE_V8_COVERAGE) {
    return undefined;
  }
  const home = env.HOME && path.join(env.HOME, '.cache');
  const folder =
    env.NODE_COMPILE_CACHE || env.XDG_CACHE_HOME || (process.platform === 'win32' ? env.LOCALAPPDATA : home);
  const { version, arch } = process;
  return folder && path.join(folder, 'cdk8s-networking', 'compiled', `${command}-${version}-${arch}`);
}

const root = path.join(__dirname, '..');
const lib = path.join(root, 'lib');
const [, , verb] = process.argv;
const command = /^\w+$/.test(verb) && fs.existsSync(path.join(lib, `cli-commands-${verb}-run.js`)) ? verb : 'help';
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
load(lib, 'cli-bin.js', keptFor(process.env, command)).main(version);
