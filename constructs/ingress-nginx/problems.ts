import { AWS_SCHEME_KEYS, AwsLoadBalancerScheme } from '../aws-load-balancer';
import { resourceProblems } from '../container-resources';
import {
  annotations,
  cidr,
  dnsLabel,
  flag,
  imageRegistry,
  integer,
  objectName,
  oneOf,
  type Problems,
  record,
  serviceName,
  shown,
} from '../values';
import type { IngressNginxProps } from './props';
import { IngressNginxProvider, PROVIDERS } from './provider';
import { ownArguments, type Settings, settingsOf } from './settings';
import { VERSIONS } from './version';

/** What is wrong with the settings of an installation. */
export function problemsOf(props: IngressNginxProps): Problems {
  const problems = [
    ...given('version', props.version, (what, value) => oneOf(what, value, VERSIONS.keys())),
    ...given('provider', props.provider, (what, value) => oneOf(what, value, PROVIDERS.keys())),
    ...given('name', props.name, installationName),
    ...given('namespaceName', props.namespaceName, dnsLabel),
    ...given('ingressClassName', props.ingressClassName, objectName),
    ...given('isDefaultClass', props.isDefaultClass, flag),
    ...given('replicas', props.replicas, (what, value) => integer(what, value, 1, 1000)),
    ...given('resources', props.resources, resourceProblems),
    ...given('config', props.config, config),
    ...given('extraArgs', props.extraArgs, extraArgs),
    ...given('serviceAnnotations', props.serviceAnnotations, serviceAnnotations),
    ...given('loadBalancerSourceRanges', props.loadBalancerSourceRanges, sourceRanges),
    ...given('loadBalancerScheme', props.loadBalancerScheme, (what, value) =>
      oneOf(what, value, Object.values(AwsLoadBalancerScheme)),
    ),
    ...given('imageRegistry', props.imageRegistry, imageRegistry),
    ...given('argoCdHooks', props.argoCdHooks, flag),
  ];
  // What the construct writes itself depends on release and provider, which are known now.
  return problems.length > 0 ? problems : [...clashes(settingsOf(props)), ...providerProblems(props)];
}

function given<T>(what: string, value: T | undefined, check: (what: string, value: T) => Problems): Problems {
  return value === undefined ? [] : check(what, value);
}

/** `<name>-controller-admission` is a Service, whose name holds 63 characters. */
function installationName(what: string, value: string): Problems {
  const problems = serviceName(what, value);
  return problems.length === 0 && value.length > 42
    ? [`${what} is ${shown(value)}; give at most 42 characters, since the names of Services are made from it`]
    : problems;
}

function config(what: string, value: Readonly<Record<string, unknown>>): Problems {
  const problems = record(what, value);
  return problems.length > 0
    ? problems
    : Object.entries(value).flatMap(([key, entry]) => [
        ...(/^[A-Za-z0-9._-]{1,253}$/.test(key)
          ? []
          : [`${what}: the key is ${shown(key)}; use at most 253 letters, digits, "-", "_" and "."`]),
        ...text(`${what}: ${shown(key)}`, entry),
      ]);
}

function extraArgs(what: string, value: Readonly<Record<string, unknown>>): Problems {
  const problems = record(what, value);
  return problems.length > 0
    ? problems
    : Object.entries(value).flatMap(([name, argument]) => [
        ...(/^[a-z][a-z0-9-]*$/.test(name)
          ? []
          : [`${what}: the name is ${shown(name)}; give it in lower case and without dashes before it, such as "v"`]),
        ...text(`${what}: ${shown(name)}`, argument),
      ]);
}

function text(what: string, value: unknown): Problems {
  return typeof value === 'string' ? [] : [`${what} is ${shown(value)}; give text, such as ${shown(String(value))}`];
}

function serviceAnnotations(what: string, value: Readonly<Record<string, unknown>>): Problems {
  const problems = record(what, value);
  return problems.length > 0 ? problems : annotations(what, value);
}

function sourceRanges(what: string, value: readonly unknown[]): Problems {
  return Array.isArray(value) && value.length > 0
    ? value.flatMap((block) => cidr(what, block))
    : [`${what} is ${Array.isArray(value) ? 'empty' : shown(value)}; give a list of blocks, or leave it out for all`];
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
