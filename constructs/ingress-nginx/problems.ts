import { AWS_SCHEME_KEYS, AwsLoadBalancerScheme } from '../aws-load-balancer';
import { resourceProblems } from '../container-resources';
import { type Check, fields, listOf, recordOf } from '../fields';
import { imageRegistry } from '../image';
import {
  annotations,
  cidr,
  dataKey,
  dnsLabel,
  flag,
  integer,
  objectName,
  oneOf,
  type Problems,
  serviceName,
  shown,
  text,
} from '../values';
import type { IngressNginxProps } from './props';
import { IngressNginxProvider, PROVIDERS } from './provider';
import { ownArguments, type Settings, settingsOf } from './settings';
import { VERSIONS } from './version';

const PROPS = fields({
  version: (what, value) => oneOf(what, value, VERSIONS.keys()),
  provider: (what, value) => oneOf(what, value, PROVIDERS.keys()),
  name: installationName,
  namespaceName: dnsLabel,
  ingressClassName: objectName,
  isDefaultClass: flag,
  replicas: (what, value) => integer(what, value, 1, 1000),
  resources: resourceProblems as Check,
  config: recordOf(config),
  extraArgs: recordOf(extraArgs),
  serviceAnnotations: recordOf(annotations),
  loadBalancerSourceRanges: listOf(cidr, '["203.0.113.0/24"]'),
  loadBalancerScheme: (what, value) => oneOf(what, value, Object.values(AwsLoadBalancerScheme)),
  imageRegistry,
  argoCdHooks: flag,
});

/** What is wrong with the settings of an installation. */
export function problemsOf(props: IngressNginxProps): Problems {
  const problems = PROPS('', props);
  // What the construct writes itself depends on release and provider, which are known now.
  return problems.length > 0 ? problems : [...clashes(settingsOf(props)), ...providerProblems(props)];
}

/** `<name>-controller-admission` is a Service, whose name holds 63 characters. */
function installationName(what: string, value: unknown): Problems {
  const problems = serviceName(what, value);
  return problems.length === 0 && String(value).length > 42
    ? [`${what} is ${shown(value)}; give at most 42 characters, since the names of Services are made from it`]
    : problems;
}

function config(what: string, value: Readonly<Record<string, unknown>>): Problems {
  return Object.entries(value).flatMap(([key, entry]) => [
    ...dataKey(`${what}: the key`, key),
    ...text(`${what}: ${shown(key)}`, entry),
  ]);
}

function extraArgs(what: string, value: Readonly<Record<string, unknown>>): Problems {
  return Object.entries(value).flatMap(([name, argument]) => [
    ...(/^[a-z][a-z0-9-]*$/.test(name)
      ? []
      : [`${what}: the name is ${shown(name)}; give it in lower case and without dashes before it, such as "v"`]),
    ...text(`${what}: ${shown(name)}`, argument),
  ]);
}

function clashes(settings: Settings): Problems {
  const { extraArgs, serviceAnnotations, loadBalancerScheme } = settings.given;
  const args = ownArguments(settings);
  const keys = [...Object.keys(settings.provider.serviceAnnotations), ...(loadBalancerScheme ? AWS_SCHEME_KEYS : [])];
  return [
    ...Object.entries(extraArgs ?? {})
      .filter(([name]) => args.has(name))
      .map(([name, value]) => `extraArgs: "${name}" is ${shown(value)}; it is set already, to "${args.get(name)}"`),
    ...Object.entries(serviceAnnotations ?? {})
      .filter(([key]) => keys.includes(key))
      .map(([key, value]) => `serviceAnnotations: "${key}" is ${shown(value)}; the construct sets it, leave it out`),
  ];
}

function providerProblems({ provider, ...props }: IngressNginxProps): Problems {
  const problems: Problems = [];
  if (props.loadBalancerScheme !== undefined && provider !== IngressNginxProvider.AWS) {
    problems.push(`loadBalancerScheme is ${shown(props.loadBalancerScheme)}; only the provider "aws" knows it`);
  }
  if (props.loadBalancerSourceRanges !== undefined && provider === IngressNginxProvider.KIND) {
    problems.push('loadBalancerSourceRanges is given; kind has no load balancer, leave it out');
  }
  return problems;
}
