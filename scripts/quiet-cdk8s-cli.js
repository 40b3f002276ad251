// cdk8s-cli asks the network for a newer release of itself before every command, and prints an error where there is none.
// It can be told not to by a flag or by CDK8S_CHECK_UPGRADE; `npx cdk8s synth` as people type it gives neither,
// so the default of the copy in node_modules is turned off after each install.
const fs = require('node:fs');
const path = require('node:path');

const on = "desc: 'Check for cdk8s-cli upgrade', default: true";
const off = "desc: 'Check for cdk8s-cli upgrade', default: false";

let file;
try {
  file = path.join(path.dirname(require.resolve('cdk8s-cli/package.json')), 'lib/cli/index.js');
} catch {
  process.exit(0); // installed without development dependencies: there is no cdk8s command to quiet
}
const code = fs.readFileSync(file, 'utf8');
if (code.includes(on)) {
  fs.writeFileSync(file, code.replace(on, off));
} else if (!code.includes(off)) {
  console.warn(
    `${path.relative('.', file)}: the upgrade check was not found; set CDK8S_CHECK_UPGRADE=false to silence it`,
  );
}
