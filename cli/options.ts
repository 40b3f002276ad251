import { InvalidArgumentError, Option } from 'commander';
import { type Port, PROTOCOLS } from '../analysis/connectivity/ports';
import type { DeliveryStep } from '../analysis/delivery';
import type { InputDegree } from '../analysis/manifest';

/** For options that may be given several times. */
export function collect<Value>(parse: (text: string) => Value): (text: string, before?: readonly Value[]) => Value[] {
  return (text, before = []) => [...before, parse(text)];
}

/** The option that picks the form of the answer; the first is the default. */
export function formatOption(formats: readonly string[]): Option {
  return new Option('-f, --format <format>', 'form of the answer').choices(formats).default(formats[0]);
}

/** The option that says how strictly manifests are read. */
export function inputOption(fallback: InputDegree): Option {
  return new Option(
    '--input <degree>',
    'what an API server refuses or drops is an error, or a warning where it can be understood',
  )
    .choices(['strict', 'tolerant'])
    .default(fallback);
}

/** The option that gives objects a namespace which name none. */
export function namespaceOption(): Option {
  return new Option('-n, --namespace <name>', 'the namespace of objects that name none, as for kubectl apply -n')
    .default(undefined, 'default')
    .argParser((text) => {
      if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text)) {
        throw new InvalidArgumentError(
          'Give 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends.',
        );
      }
      return text;
    });
}

/** How clusters are read: settings of the commands that say who can connect to whom. */
export interface ClusterSettings {
  readonly hostNetwork: 'node' | 'pod';
  readonly nodes?: readonly string[];
  readonly pods?: readonly string[];
  readonly ipBlocks?: 'outside' | 'everywhere';
  readonly otherPolicies?: 'doubt' | 'ignore';
  readonly controller?: string;
  readonly input: InputDegree;
}

/** The option that says what pods on the network of their node are. */
export function hostNetworkOption(): Option {
  return new Option('--host-network <what>', 'what pods on the network of their node are')
    .choices(['node', 'pod'])
    .default('node');
}

/** The option that tells addresses of nodes. */
export function nodesOption(): Option {
  return blocksOption('--nodes <cidr>', 'addresses of nodes, again for more; beside those of Node objects');
}

/** The option that tells addresses of pods. */
export function podsOption(): Option {
  return blocksOption('--pods <cidr>', 'addresses of pods of which no manifest tells one, again for more');
}

function blocksOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collect(parseBlock));
}

/** The option that says what an ipBlock matches. */
export function ipBlocksOption(): Option {
  return new Option(
    '--ip-blocks <where>',
    'what ipBlock matches: addresses outside (the default), or everywhere, those of pods too',
  ).choices(['outside', 'everywhere']);
}

/** The option that says what policies do that are not evaluated. */
export function otherPoliciesOption(): Option {
  return new Option(
    '--other-policies <how>',
    'what policies of other makers that are not evaluated may open or close is in doubt, or they are ignored',
  )
    .choices(['doubt', 'ignore'])
    .default('doubt');
}

/** A port such as `6379`, `TCP/6379` or `udp:53`; TCP where no protocol is named, as in Kubernetes. */
export function parsePort(text: string): Port {
  const [, name = 'TCP', digits] = /^(?:([a-z]+)[/:])?(\d{1,5})$/i.exec(text) ?? [];
  const protocol = PROTOCOLS.find((known) => known === name.toUpperCase());
  const port = Number(digits);
  if (protocol === undefined || !(port >= 1 && port <= 65535)) {
    throw new InvalidArgumentError(
      'Give a port from 1 to 65535, with its protocol or without: 6379, TCP/6379, udp:53.',
    );
  }
  return { protocol, port };
}

/** A block of addresses or a single address. */
export function parseBlock(text: string): string {
  // Who gives no block starts without the library of addresses.
  const { parseAddress, parseCidr } =
    require('../analysis/connectivity/addresses') as typeof import('../analysis/connectivity/addresses.js');
  const block = parseAddress(text) === undefined ? parseCidr(text) : undefined;
  if (block !== undefined && 'advice' in block) {
    throw new InvalidArgumentError(`Give a block of addresses such as 10.0.0.0/16, or an address: ${block.advice}.`);
  }
  return text;
}

/** One header of a request. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** A header as curl takes it: `Name: value`. */
export function parseHeader(text: string): Header {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\0\r\n]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError('Give a header as "Name: value", e.g. "FOO: bar".');
  }
  return { name, value: value.trimEnd() };
}

/** A step of a delivery: `2`, or `shop/frontend=2`. */
export function parseStep(text: string): DeliveryStep {
  const [, of, digits] = /^(?:([^\s/=]+\/[^\s/=]+)=)?(\d{1,6})$/.exec(text) ?? [];
  if (digits === undefined) {
    throw new InvalidArgumentError(
      'Give the number of a step, from 1 or 0 for none, or NAMESPACE/NAME=STEP, e.g. shop/frontend=2.',
    );
  }
  return { step: Number(digits), ...(of === undefined ? {} : { of }) };
}

/** A number between two others, both included. */
export function parseNumber(least: number, most: number, what: 'whole' | 'any' = 'any'): (text: string) => number {
  return (text) => {
    const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most) || (what === 'whole' && !Number.isInteger(number))) {
      throw new InvalidArgumentError(`Give a${what === 'whole' ? ' whole' : ''} number from ${least} to ${most}.`);
    }
    return number;
  };
}

/** The option that takes a Gateway as there which other manifests hold. */
export function assumeGatewayOption(): Option {
  return new Option(
    '--assume-gateway',
    'take a Gateway that is not among the manifests as one that admits the routes which name it',
  );
}

/** The options that tell the release and the ConfigMap of ingress-nginx. */
export function controllerOptions(): readonly Option[] {
  return [
    new Option(
      '--controller-version <release>',
      'the release of ingress-nginx, 1.8 to 1.15 (default: from its image among the manifests, else 1.15)',
    ).argParser(parseRelease),
    new Option(
      '--config-map <name>',
      'the ConfigMap of ingress-nginx, NAMESPACE/NAME (default: from its arguments among the manifests)',
    ).argParser(parseConfigMap),
  ];
}

function parseRelease(text: string): string {
  const { isFollowed, releaseOf } =
    require('../analysis/routing/ingress-nginx/release') as typeof import('../analysis/routing/ingress-nginx/release.js');
  const release = /^v?1\./.test(text) ? releaseOf(text) : undefined;
  if (release === undefined || !isFollowed(release)) {
    throw new InvalidArgumentError('Give a release from 1.8 to 1.15, with its patch or without: 1.15, 1.12.1.');
  }
  return text;
}

function parseConfigMap(text: string): string {
  if (!/^[^/\s]+\/[^/\s]+$/.test(text)) {
    throw new InvalidArgumentError('Give NAMESPACE/NAME, e.g. ingress-nginx/ingress-nginx-controller.');
  }
  return text;
}
