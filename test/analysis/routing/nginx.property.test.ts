import { isDeepStrictEqual } from 'node:util';
import { type Answer, Routes } from '../../../analysis';
import fc from '../../helpers/random';
import { hasNginx, Nginx, quoted } from './nginx-process';
import {
  type PlainConfig,
  type PlainRequest,
  type PlainWorld,
  plainConfig,
  plainLocations,
  plainServers,
} from './plain';
import { objectsOf, randomRequest, randomWorld } from './random-worlds';

const ROUNDS = process.env.NIGHTLY === '1' ? 20 : 1;
const WORLDS = 100;
const REQUESTS = 30;

jest.setTimeout(300_000);

const withNginx = hasNginx() ? describe : describe.skip;

interface Sample {
  readonly world: PlainWorld;
  readonly requests: readonly PlainRequest[];
}

/** Rules and requests without what is decided behind nginx's own choice: HTTPS and canaries. */
const sample: fc.Arbitrary<Sample> = fc.record({
  world: randomWorld.map(({ ingresses, services }) => ({
    services,
    ingresses: ingresses.map((one) => ({ ...one, sslRedirect: false, forceSsl: false, canary: undefined })),
  })),
  requests: fc.array(
    randomRequest.map((request) => ({ ...request, scheme: 'http' as const, headers: {} })),
    { minLength: REQUESTS, maxLength: REQUESTS },
  ),
});

/** The servers of a configuration as the controller's template writes them; each location says which one it is. */
function serverBlocks(config: PlainConfig, listen: string, echo: string): string {
  return plainServers(config)
    .map(({ names, server, www }, place) => {
      if (server === undefined) {
        return `server { ${listen}; server_name ${names[0]};
          if ($request_uri ~ "^(.*)/$") { return 308 $scheme://${www?.host}:80$1; }
          return 308 $scheme://${www?.host}:80$request_uri; }`;
      }
      const isDefault = server.host === '_';
      const [host = '', ...aliases] = names;
      const name = host.startsWith('*.') ? `~^(?<subdomain>[\\w-]+)\\.${host.slice(2).replaceAll('.', '\\.')}$` : host;
      const locations = plainLocations(server);
      const blocks = locations.map(({ kind, path, location }, index) => {
        const match = kind === '^' ? quoted(path) : `${kind} ${quoted(path)}`;
        const { appRoot = '', redirectTo = '' } = location.owner ?? {};
        const root = appRoot === '' ? '' : `if ($uri = /) { return 302 $scheme://$http_host${appRoot}; }`;
        const away = redirectTo === '' ? '' : `return 301 ${redirectTo};`;
        return `${root}
          location ${match} { port_in_redirect off; ${away} proxy_set_header X-Location ${place}.${index}; proxy_pass http://${echo}:; }`;
      });
      return `server { ${listen}${isDefault ? ' default_server' : ''}; server_name ${quoted(name)} ${aliases.join(' ')};
        ${blocks.join('\n')}
        ${isDefault ? 'location /healthz { return 200; } location /nginx_status { return 403; }' : ''} }`;
    })
    .join('\n');
}

withNginx('real nginx', () => {
  let nginx: Nginx;
  beforeEach(() => {
    nginx = new Nginx();
  });
  afterEach(() => nginx.stop());

  test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    'takes the same server and the same location for every request, round %i',
    async () => {
      const echo = nginx.socket('echo');
      const usable = ({ world }: Sample) =>
        Routes.ofIngressNginx(objectsOf(world)).problems.every(({ code }) => code !== 'bad-configuration');
      const samples = fc.sample(sample.filter(usable), WORLDS);
      const blocks = samples.map(({ world }, index) =>
        serverBlocks(plainConfig(world), `listen ${nginx.socket(`world${index}`)}`, echo),
      );
      await nginx.start(`server { listen ${echo}; return 200 $http_x_location; } ${blocks.join('\n')}`);
      for (const [index, { world, requests }] of samples.entries()) {
        const routes = Routes.ofIngressNginx(objectsOf(world));
        const config = plainConfig(world);
        for (const request of requests) {
          const { host, uri } = request;
          const answer = routes.route({ url: `http://${host}${uri}` });
          const { status, location, body } = await nginx.ask(`world${index}`, uri, { Host: host });
          const seen = status >= 300 && status < 400 ? { status, location } : status === 200 ? { body } : { status };
          expect({ world, request, seen }).toEqual({ world, request, seen: expected(answer, config) });
        }
      }
    },
  );

  /** What nginx shows of an answer: a redirect, a status, or the place of a location that the rule made. */
  function expected(answer: Answer, config: PlainConfig): unknown {
    if (answer.outcome === 'redirect') {
      return { status: answer.status, location: answer.location };
    }
    if (answer.outcome === 'error' && answer.rule === undefined) {
      return answer.status === 200 ? { body: '' } : { status: answer.status };
    }
    const rule = answer.outcome === 'not-found' ? undefined : answer.rule;
    const places = plainServers(config).flatMap(({ server }, place) =>
      server === undefined
        ? []
        : plainLocations(server).flatMap(({ location }, index) => {
            const { owner, written, backend } = location;
            const { namespace, name } = owner ?? {};
            const isIt =
              rule === undefined
                ? backend === 'upstream-default-backend'
                : isDeepStrictEqual({ kind: 'Ingress', namespace, name, ...written }, rule);
            return isIt ? [`${place}.${index}`] : [];
          }),
    );
    return { body: expect.stringMatching(new RegExp(`^(${places.join('|')})$`)) };
  }
});
