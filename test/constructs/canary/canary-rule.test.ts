import { App, Chart, Yaml } from 'cdk8s';
import { BlueGreen, CanaryRule, type CanaryWeightOptions } from '../../../constructs';
import { refusal } from '../../helpers/synth';
import { canaryIngressOf, canaryOf, frontendOf } from './shop';

const PREFIX = 'nginx.ingress.kubernetes.io/';
const { BLUE, GREEN } = BlueGreen;

/** Rules of every kind, and all that the canary's Ingress says of them besides `canary: "true"`. */
const WRITTEN: [string, CanaryRule | undefined, Record<string, string>][] = [
  ['no rule is nobody', undefined, { 'canary-weight': '0' }],
  ['a weight', CanaryRule.weight(5), { 'canary-weight': '5' }],
  [
    'a weight of a total',
    CanaryRule.weight(7, { total: 1000 }),
    { 'canary-weight': '7', 'canary-weight-total': '1000' },
  ],
  ['a header', CanaryRule.header('X-Canary'), { 'canary-by-header': 'X-Canary' }],
  [
    'the value of a header',
    CanaryRule.header('FOO', 'bar'),
    { 'canary-by-header': 'FOO', 'canary-by-header-value': 'bar' },
  ],
  [
    'the pattern of a header',
    CanaryRule.headerPattern('X-Region', '^(eu|us)-[0-9]+$'),
    { 'canary-by-header': 'X-Region', 'canary-by-header-pattern': '^(eu|us)-[0-9]+$' },
  ],
  ['a cookie', CanaryRule.cookie('beta'), { 'canary-by-cookie': 'beta' }],
  [
    'a header, then a cookie, then a weight',
    CanaryRule.header('FOO', 'bar').orCookie('beta').orWeight(5, { total: 200 }),
    {
      'canary-by-header': 'FOO',
      'canary-by-header-value': 'bar',
      'canary-by-cookie': 'beta',
      'canary-weight': '5',
      'canary-weight-total': '200',
    },
  ],
  [
    'a pattern, then a weight',
    CanaryRule.headerPattern('FOO', 'b[ae]r').orWeight(50),
    { 'canary-by-header': 'FOO', 'canary-by-header-pattern': 'b[ae]r', 'canary-weight': '50' },
  ],
  [
    'a cookie, then a weight',
    CanaryRule.cookie('beta').orWeight(100),
    { 'canary-by-cookie': 'beta', 'canary-weight': '100' },
  ],
  [
    'blue-green, blue live',
    CanaryRule.blueGreen(BLUE, 'X-Side'),
    { 'canary-by-header': 'X-Side', 'canary-weight': '0' },
  ],
  [
    'blue-green, green live',
    CanaryRule.blueGreen(GREEN, 'X-Side'),
    { 'canary-by-header': 'X-Side', 'canary-weight': '100' },
  ],
  ['A/B by cookie', CanaryRule.abTestByCookie('version'), { 'canary-by-cookie': 'version', 'canary-weight': '50' }],
  [
    'A/B by header',
    CanaryRule.abTestByHeader('X-Group', 'b', 10),
    { 'canary-by-header': 'X-Group', 'canary-by-header-value': 'b', 'canary-weight': '10' },
  ],
];

describe('all annotations of', () => {
  test.each(WRITTEN)('%s', (_, rule, rules) => {
    const expected = Object.entries({ canary: 'true', ...rules }).map(([key, value]) => [PREFIX + key, value]);
    expect(canaryIngressOf(rule).metadata.annotations).toEqual(Object.fromEntries(expected));
  });
});

describe('the Ingress of', () => {
  test.each(WRITTEN)('%s', (_, rule) => {
    expect(Yaml.stringify(canaryIngressOf(rule))).toMatchSnapshot();
  });
});

describe('a pattern may have what only PCRE knows, such as', () => {
  test.each([
    'a++b',
    '(?i)bar',
    '(?i:b)ar',
    '[]a]',
    '[^]]+',
    '[[:alpha:]]+',
    '(?|a|b)',
    '\\Qa)\\E',
    '(*UTF)a',
    '(a)(?1)',
  ])('%s', (pattern) => {
    const { annotations } = canaryIngressOf(CanaryRule.headerPattern('FOO', pattern)).metadata;
    expect(annotations[`${PREFIX}canary-by-header-pattern`]).toBe(pattern);
  });
});

const js = (value: unknown) => value as never;
const weigh = (weight: unknown, options?: unknown) => CanaryRule.weight(js(weight), options as CanaryWeightOptions);
const CHARACTERS = 'the controller takes letters, digits and / - . _ ~ : ^ $ [ ] ( ) { } * + ? | & = \\';
const VALUES = 'the controller takes letters, digits, spaces within and / - . _ ~ :';
const NO_EXPRESSION = 'it is no regular expression, so nobody who sends the header would get to the canary';

const REFUSED: [string, unknown, string][] = [
  ['a weight above 100', weigh(105), 'weight is 105; give an integer from 0 to 100'],
  ['a weight of 101', weigh(101), 'weight is 101; give an integer from 0 to 100'],
  ['a weight below 0', weigh(-1), 'weight is -1; give an integer from 0 to 100'],
  ['half a per cent', weigh(1.5), 'weight is 1.5; give an integer from 0 to 100'],
  ['no number', weigh(Number.NaN), 'weight is NaN; give an integer from 0 to 100'],
  ['a weight as text', weigh('5'), 'weight is "5"; give an integer from 0 to 100'],
  ['no weight', weigh(undefined), 'weight is undefined; give an integer from 0 to 100'],
  ['a weight above its total', weigh(201, { total: 200 }), 'weight is 201; give an integer from 0 to 200'],
  [
    'a total that the controller takes for 100',
    weigh(5, { total: 50 }),
    'total is 50; give an integer from 100 to 1000000',
  ],
  ['a total of text', weigh(5, { total: '1000' }), 'total is "1000"; give an integer from 100 to 1000000'],
  ['a total beyond all need', weigh(5, { total: 1_000_001 }), 'total is 1000001; give an integer from 100 to 1000000'],
  [
    'a total that stands alone',
    weigh(5, 1000),
    "the options of the weight is 1000; give an object such as { key: 'value' }",
  ],
  ['an unknown setting of a weight', weigh(5, { of: 1000 }), 'of is not known; give total'],
  [
    'a header with a space',
    CanaryRule.header('X Canary'),
    'header is "X Canary"; give the name of a header: letters, digits and "-"',
  ],
  ['a header without name', CanaryRule.header(''), 'header is ""; give the name of a header: letters, digits and "-"'],
  [
    'a header that is none',
    CanaryRule.header(js(null)),
    'header is null; give the name of a header: letters, digits and "-"',
  ],
  [
    'a header that nginx drops',
    CanaryRule.header('x_canary', 'yes'),
    'header is "x_canary"; nginx drops headers with "_" before any rule sees them, use "-"',
  ],
  [
    'a pattern of a header that nginx drops',
    CanaryRule.headerPattern('x_canary', 'yes'),
    'header is "x_canary"; nginx drops headers with "_" before any rule sees them, use "-"',
  ],
  ['an empty value', CanaryRule.header('FOO', ''), `header value is ""; ${VALUES}`],
  ['a value with a comma', CanaryRule.header('FOO', 'a,b'), `header value is "a,b"; ${VALUES}`],
  ['a value with a space at its end', CanaryRule.header('FOO', 'bar '), `header value is "bar "; ${VALUES}`],
  ['a value of two lines', CanaryRule.header('FOO', 'a\nb'), `header value is "a\\nb"; ${VALUES}`],
  ['a value that is a number', CanaryRule.header('FOO', js(1)), `header value is 1; ${VALUES}`],
  ['an empty pattern', CanaryRule.headerPattern('FOO', ''), `header pattern is ""; ${CHARACTERS}`],
  ['a pattern with a space', CanaryRule.headerPattern('FOO', 'a b'), `header pattern is "a b"; ${CHARACTERS}`],
  ['a pattern with a comma', CanaryRule.headerPattern('FOO', 'a{1,2}'), `header pattern is "a{1,2}"; ${CHARACTERS}`],
  ['a look-ahead', CanaryRule.headerPattern('FOO', 'a(?!b)'), `header pattern is "a(?!b)"; ${CHARACTERS}`],
  ['a RegExp', CanaryRule.headerPattern('FOO', js(/a/)), `header pattern is an object; ${CHARACTERS}`],
  ['an open group', CanaryRule.headerPattern('FOO', 'b(r'), `header pattern is "b(r"; ${NO_EXPRESSION}`],
  ['an open class', CanaryRule.headerPattern('FOO', '[]'), `header pattern is "[]"; ${NO_EXPRESSION}`],
  ['a range backwards', CanaryRule.headerPattern('FOO', '[z-a]'), `header pattern is "[z-a]"; ${NO_EXPRESSION}`],
  ['nothing to repeat', CanaryRule.headerPattern('FOO', '*a'), `header pattern is "*a"; ${NO_EXPRESSION}`],
  [
    'a cookie with a space',
    CanaryRule.cookie('a b'),
    'cookie is "a b"; the controller takes letters, digits and - . _ ~',
  ],
  ['a cookie without name', CanaryRule.cookie(''), 'cookie is ""; the controller takes letters, digits and - . _ ~'],
  [
    'a cookie that is none',
    CanaryRule.cookie(js(undefined)),
    'cookie is undefined; the controller takes letters, digits and - . _ ~',
  ],
  [
    'a cookie after a weight',
    CanaryRule.weight(5).orCookie('beta'),
    'rule is weight, then cookie; give each at most once, in the order header, cookie, weight',
  ],
  [
    'two weights',
    CanaryRule.weight(5).orWeight(10),
    'rule is weight, then weight; give each at most once, in the order header, cookie, weight',
  ],
  [
    'two cookies',
    CanaryRule.cookie('a').orCookie('b').orWeight(10),
    'rule is cookie, then cookie, then weight; give each at most once, in the order header, cookie, weight',
  ],
  [
    'a side that is neither blue nor green',
    CanaryRule.blueGreen(js('purple'), 'X-Side'),
    'live is "purple"; give one of "blue", "green"',
  ],
  [
    'blue-green by a header with a space',
    CanaryRule.blueGreen(BLUE, 'X Side'),
    'header is "X Side"; give the name of a header: letters, digits and "-"',
  ],
  ['A/B with more than all', CanaryRule.abTestByCookie('version', 101), 'weight is 101; give an integer from 0 to 100'],
  [
    'A/B by a header without value',
    CanaryRule.abTestByHeader('X-Group', js(undefined)),
    `header value is undefined; ${VALUES}`,
  ],
  ['a number in the place of a rule', 5, 'rule is 5; give a CanaryRule such as CanaryRule.weight(5)'],
  ['nothing in the place of a rule', null, 'rule is null; give a CanaryRule such as CanaryRule.weight(5)'],
  [
    'three things at once, all named',
    CanaryRule.header('x_y', 'a,b').orWeight(-5),
    `\n  header is "x_y"; nginx drops headers with "_" before any rule sees them, use "-"\n  header value is "a,b"; ${VALUES}\n  weight is -5; give an integer from 0 to 100`,
  ],
];

describe('fails before anything is made, for', () => {
  test.each(REFUSED)('%s', (_, rule, problem) => {
    const main = frontendOf(new Chart(new App(), 'main'));
    const message = refusal((chart) => void canaryOf(chart, { main, rule: rule as CanaryRule }));
    expect(message).toBe(problem.startsWith('\n') ? `shop/canary:${problem}` : `shop/canary: ${problem}`);
  });
});
