const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

/**
 * Loads files of `lib/` as Node.js does, and keeps what V8 compiled of them from one run to the next, in a file that is the
 * user's own. Unlike what Node.js keeps itself, from its release 22 on, that holds the functions that were run, which is most of what
 * there is to compile.
 */

const HEAD = '(function (exports, require, module, __filename, __dirname) { ';
const TAIL = '\n})';

/** What a file begins with that this program wrote, up to the length of the table of what is in it. */
const MARK = 'cdk8s-networking 1\n';

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
  /** @type {Map<string, { source: Buffer, script: vm.Script }>} */
  const compiled = new Map();
  const modules = new Map();
  // What is kept of another build of the program, or another V8, is worth nothing.
  let isOther = false;
  let isMissing = false;

  const compile = (file) => {
    const filename = path.join(folder, file);
    const source = fs.readFileSync(filename);
    const found = known.get(file);
    const isSame = found?.source.equals(source) === true;
    const options = { filename, columnOffset: -HEAD.length, cachedData: isSame ? found.code : undefined };
    const script = new vm.Script(HEAD + source.toString() + TAIL, options);
    isOther ||= found !== undefined && (!isSame || script.cachedDataRejected === true);
    isMissing ||= found === undefined;
    compiled.set(file, { source, script });
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
    if (isOther || isMissing) {
      write(kept, compiled, isOther ? new Map() : known);
    }
  });
  return loaded(name);
}

/**
 * What is kept in a file: by name, the source and its code. V8 itself looks whether code is of its own release.
 *
 * @returns {Map<string, { source: Buffer, code: Buffer }>}
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
    const kept = new Map(table.map(([name, source, code]) => [name, { source: part(source), code: part(code) }]));
    return at === bytes.length ? kept : new Map();
  } catch {
    return new Map();
  } finally {
    if (descriptor !== undefined) {
      fs.closeSync(descriptor);
    }
  }
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
  for (const [name, { source, script }] of compiled) {
    all.set(name, { source, code: script.createCachedData() });
  }
  const table = JSON.stringify([...all].map(([name, { source, code }]) => [name, source.length, code.length]));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(table.length);
  const parts = [...all.values()].flatMap(({ source, code }) => [source, code]);
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

module.exports = { keptFor, load };
