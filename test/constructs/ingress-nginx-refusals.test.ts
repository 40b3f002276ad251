import { AwsLoadBalancerScheme, IngressNginx, type IngressNginxProps, IngressNginxProvider } from '../../constructs';
import { refusal } from '../helpers/synth';

const { AWS, CLOUD, KIND } = IngressNginxProvider;
const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';

/** Settings, some of them of types that only JavaScript lets through, and all that is wrong with them. */
const REFUSED: [string, object, string][] = [
  ['an unknown release', { version: '1.9.0' }, 'version is "1.9.0"; give one of "1.8.2", "1.15.1"'],
  [
    'a release that is the name of a method',
    { version: 'toString' },
    'version is "toString"; give one of "1.8.2", "1.15.1"',
  ],
  ['an unknown provider', { provider: 'gcp' }, 'provider is "gcp"; give one of "aws", "cloud", "kind"'],
  [
    'a name with a capital',
    { name: 'Edge' },
    'name is "Edge"; use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends',
  ],
  ['a name that no Service can have', { name: '1edge' }, 'name is "1edge"; the name of a Service begins with a letter'],
  [
    'a name too long for what is made from it',
    { name: 'a'.repeat(43) },
    `name is "${'a'.repeat(43)}"; give at most 42 characters, since the names of Services are made from it`,
  ],
  [
    'a namespace with a dot',
    { namespaceName: 'a.b' },
    'namespaceName is "a.b"; use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends',
  ],
  [
    'a class with a space',
    { ingressClassName: 'my class' },
    'ingressClassName is "my class"; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
  ],
  ['text for a switch', { isDefaultClass: 'yes' }, 'isDefaultClass is "yes"; give true or false'],
  ['text for the hooks', { argoCdHooks: 'no' }, 'argoCdHooks is "no"; give true or false'],
  ['no replica', { replicas: 0 }, 'replicas is 0; give an integer from 1 to 1000'],
  ['half a replica', { replicas: 1.5 }, 'replicas is 1.5; give an integer from 1 to 1000'],
  ['resources as text', { resources: '1Gi' }, `resources is "1Gi"; give an object such as { key: 'value' }`],
  [
    'an unknown side of resources',
    { resources: { limit: {} } },
    'resources holds "limit"; give "requests" and "limits"',
  ],
  ['no amounts', { resources: { limits: null } }, `resources.limits is null; give an object such as { key: 'value' }`],
  [
    'an unknown resource',
    { resources: { limits: { gpu: '1' } } },
    'resources.limits holds "gpu"; give "cpu" and "memory"',
  ],
  [
    'an amount with a wrong unit',
    { resources: { limits: { memory: '1GB' } } },
    'resources.limits.memory is "1GB"; give a quantity as text, such as "250m" or "64Mi"',
  ],
  [
    'an amount as a number',
    { resources: { requests: { cpu: 1 } } },
    'resources.requests.cpu is 1; give a quantity as text, such as "250m" or "64Mi"',
  ],
  [
    'a request above the limit',
    { resources: { requests: { memory: '1Gi' }, limits: { memory: '1023Mi' } } },
    'resources.requests.memory is "1Gi"; give at most the limit, "1023Mi"',
  ],
  ['configuration as a list', { config: [] }, `config is a list; give an object such as { key: 'value' }`],
  [
    'a key that no ConfigMap can hold',
    { config: { 'a b': '1' } },
    'config: the key is "a b"; use at most 253 letters, digits, "-", "_" and ".", and not ".." at the beginning',
  ],
  [
    'a configuration that is no text',
    { config: { 'use-http2': true } },
    'config: "use-http2" is true; give text, such as "true"',
  ],
  ['arguments as text', { extraArgs: '--v=3' }, `extraArgs is "--v=3"; give an object such as { key: 'value' }`],
  [
    'an argument with its dashes',
    { extraArgs: { '--v': '3' } },
    'extraArgs: the name is "--v"; give it in lower case and without dashes before it, such as "v"',
  ],
  ['an argument that is no text', { extraArgs: { v: 3 } }, 'extraArgs: "v" is 3; give text, such as "3"'],
  [
    'an argument that the construct sets',
    { extraArgs: { 'ingress-class': 'edge' } },
    'extraArgs: "ingress-class" is "edge"; it is set already, to "nginx"',
  ],
  [
    'an argument that kind sets',
    { provider: KIND, extraArgs: { 'publish-status-address': '192.0.2.1' } },
    'extraArgs: "publish-status-address" is "192.0.2.1"; it is set already, to "localhost"',
  ],
  [
    'annotations as null',
    { serviceAnnotations: null },
    `serviceAnnotations is null; give an object such as { key: 'value' }`,
  ],
  [
    'an annotation that is no text',
    { serviceAnnotations: { 'example.com/a': 1 } },
    'serviceAnnotations: "example.com/a" is 1; an annotation is text, write "1"',
  ],
  [
    'an annotation without a name',
    { serviceAnnotations: { 'example.com/': '1' } },
    'serviceAnnotations: the key is "example.com/"; give a name such as "app" or "example.com/app"',
  ],
  [
    'an annotation that the provider sets',
    { provider: AWS, serviceAnnotations: { [`${NLB}type`]: 'external' } },
    `serviceAnnotations: "${NLB}type" is "external"; the construct sets it, leave it out`,
  ],
  [
    'an annotation that the scheme sets',
    {
      provider: AWS,
      loadBalancerScheme: AwsLoadBalancerScheme.INTERNET_FACING,
      serviceAnnotations: { [`${NLB}internal`]: 'true' },
    },
    `serviceAnnotations: "${NLB}internal" is "true"; the construct sets it, leave it out`,
  ],
  [
    'no source range',
    { loadBalancerSourceRanges: [] },
    'loadBalancerSourceRanges is empty; give a list such as ["203.0.113.0/24"], or leave it out',
  ],
  [
    'a source range as text',
    { loadBalancerSourceRanges: '10.0.0.0/8' },
    'loadBalancerSourceRanges is "10.0.0.0/8"; give a list such as ["203.0.113.0/24"], or leave it out',
  ],
  [
    'an address for a source range',
    { loadBalancerSourceRanges: ['192.0.2.1'] },
    'loadBalancerSourceRanges[0] is "192.0.2.1"; give a block such as "192.0.2.1/32"',
  ],
  [
    'source ranges where there is no load balancer',
    { provider: KIND, loadBalancerSourceRanges: ['192.0.2.0/24'] },
    'loadBalancerSourceRanges is given; kind has no load balancer, leave it out',
  ],
  [
    'an unknown scheme',
    { provider: AWS, loadBalancerScheme: 'public' },
    'loadBalancerScheme is "public"; give one of "internet-facing", "internal"',
  ],
  [
    'a scheme outside AWS',
    { provider: CLOUD, loadBalancerScheme: AwsLoadBalancerScheme.INTERNAL },
    'loadBalancerScheme is "internal"; only the provider "aws" knows it',
  ],
  [
    'a registry with a scheme',
    { imageRegistry: 'https://mirror.example' },
    'imageRegistry is "https://mirror.example"; give a registry such as "registry.example:5000/mirror", without scheme and final "/"',
  ],
  [
    'a registry with a final slash',
    { imageRegistry: 'mirror.example/' },
    'imageRegistry is "mirror.example/"; give a registry such as "registry.example:5000/mirror", without scheme and final "/"',
  ],
  [
    'two things at once, both named',
    { provider: 'gcp', replicas: -1 },
    '\n  provider is "gcp"; give one of "aws", "cloud", "kind"\n  replicas is -1; give an integer from 1 to 1000',
  ],
];

describe('fails before anything is made, for', () => {
  test.each(REFUSED)('%s', (_, props, problem) => {
    const message = refusal((chart) => void new IngressNginx(chart, 'nginx', props as IngressNginxProps));
    expect(message).toBe(problem.startsWith('\n') ? `shop/nginx:${problem}` : `shop/nginx: ${problem}`);
  });
});
