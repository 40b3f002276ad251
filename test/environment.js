// The environment of Node, in which what is compiled once serves all suites of a worker. By itself jest compiles each module for
// each suite anew, and each of its functions when it is called: that was 40 % of the processor's time for most suites.
const { createRequire } = require('node:module');
const vm = require('node:vm');

// The one that jest brings for itself.
const requireOfJest = ['jest', 'jest-cli', 'jest-config'].reduce(
  (from, name) => createRequire(from.resolve(name)),
  require,
);
const { TestEnvironment } = requireOfJest('jest-environment-node');

const compile = vm.compileFunction;
/** What a file was compiled to. The function that it makes, and all in it, belongs to the context in which it is run. */
const compiled = new Map();

/** What takes a second to load, and has nothing that a suite could change: all suites of a worker have the same. */
const SHARED = new Set([require.resolve('typescript')]);

/** Lines and columns stay those of the file. */
function scriptOf(code, head, { filename, importModuleDynamically }) {
  const columnOffset = -head.length;
  return new vm.Script(`${head}${code}\n})`, { filename, columnOffset, importModuleDynamically });
}

vm.compileFunction = (code, params, options) => {
  const { filename, parsingContext } = options;
  if (SHARED.has(filename) && params[0] === 'module') {
    return (module) => {
      module.exports = require(filename);
    };
  }
  const head = `(function (${params.join(', ')}) {`;
  let kept = compiled.get(filename);
  if (kept?.code !== code || kept.head !== head) {
    // What imports while it runs asks the suite for which it was compiled.
    const isBound = filename === undefined || parsingContext === undefined || /\bimport\s*\(/.test(code);
    kept = { code, head, script: isBound ? undefined : scriptOf(code, head, options) };
    compiled.set(filename, kept);
  }
  return kept.script?.runInContext(parsingContext) ?? compile(code, params, options);
};

/** What suites may keep for the next ones of their worker, by paths of files. */
const kept = new Map();

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.keptByWorker = kept;
  }
};
