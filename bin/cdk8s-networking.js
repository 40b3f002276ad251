#!/usr/bin/env node
require('../lib/cli/bin.js').main(require('../package.json').version);
