#!/usr/bin/env node
const fs = require('node:fs');
const path = require('node:path');
const { keptFor, load } = require('./compiled.js');

const lib = path.join(__dirname, '../lib');
const [, , verb] = process.argv;
const command = /^\w+$/.test(verb) && fs.existsSync(path.join(lib, `cli-commands-${verb}-run.js`)) ? verb : 'help';
load(lib, 'cli-bin.js', keptFor(process.env, command)).main(require('../package.json').version);
