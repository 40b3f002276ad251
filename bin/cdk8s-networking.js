#!/usr/bin/env node
// From Node 22 on; what was compiled once is not compiled again.
require('node:module').enableCompileCache?.();
require('../lib/cli-bin.js').main(require('../package.json').version);
