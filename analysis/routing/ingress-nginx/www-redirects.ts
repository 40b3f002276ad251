import type { Condition, Decision, LocationPart } from '../model';
import { decision } from './chain';
import { has, IS_HTTP } from './forwarded';
import { isFrom } from './release';
import type { Settings } from './settings';

/** What is taken over of a request, and when. */
interface Choice {
  readonly when: readonly Condition[];
  readonly parts: readonly LocationPart[];
}

/**
 * Redirects of all requests to another host, in the scheme that they came in. Releases from 1.12 on write the port that
 * nginx listens at, those before only that of HTTPS where it is not the usual one.
 */
export function wwwDecisions(host: string, settings: Settings): Decision[] {
  const { redirectCode: status, forwardedHeaders } = settings;
  const schemes: Choice[] = [
    ...(forwardedHeaders ? [{ when: [has('x-forwarded-proto')], parts: [{ of: 'forwarded-proto' } as const] }] : []),
    { when: [], parts: [{ of: 'scheme' }] },
  ];
  return schemes.flatMap((scheme) =>
    portsOf(settings).map((port): Decision => {
      const when = [...scheme.when, ...port.when];
      const location: LocationPart[] = [
        ...scheme.parts,
        { text: `://${host}` },
        ...port.parts,
        { of: 'uri-without-last-slash' },
      ];
      const made = decision(when, { kind: 'redirect', status, location }, 'from-to-www-redirect');
      return when.some(({ kind }) => kind === 'header') ? { ...made, forwarded: true } : made;
    }),
  );
}

function portsOf({ release, httpPort, httpsPort, forwardedHeaders }: Settings): Choice[] {
  if (!isFrom(release, 12)) {
    return [{ when: [], parts: httpsPort === 443 ? [] : [{ text: `:${httpsPort}` }] }];
  }
  const forwarded: Choice = {
    when: [has('x-forwarded-port')],
    parts: [{ text: ':' }, { of: 'forwarded-port' }],
  };
  return [
    ...(forwardedHeaders ? [forwarded] : []),
    { when: [IS_HTTP], parts: [{ text: `:${httpPort}` }] },
    { when: [], parts: [{ text: `:${httpsPort}` }] },
  ];
}
