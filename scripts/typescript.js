// Lets `node -r ./scripts/typescript` run TypeScript: types are taken out, and nothing is checked. That costs so little
// that `cdk8s synth` takes about as long as with a compiled app; see docs/performance.md.
const fs = require('node:fs');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(fs.readFileSync(filename, 'utf8'), {
    filename,
    swcrc: false,
    configFile: false,
    // Maps take longer than all the rest. NODE_OPTIONS=--enable-source-maps asks for them.
    sourceMaps: process.sourceMapsEnabled ? 'inline' : false,
    module: { type: 'commonjs' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  });
  module._compile(code, filename);
};
