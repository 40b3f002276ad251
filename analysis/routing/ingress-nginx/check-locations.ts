import { patternOf } from '../pattern';
import type { Findings } from '../problems';
import { bytesOf } from '../uri';
import type { NginxLocation, NginxLocations } from './locations';

/** Reports locations that make nginx refuse its configuration: the controller then goes on with the one before. */
export function checkLocations({ areRegex, locations }: NginxLocations, findings: Findings): void {
  if (areRegex) {
    for (const location of locations) {
      checkPattern(location, findings);
    }
    return;
  }
  const seen = new Set<string>();
  for (const { location, path, isExact } of locations) {
    const key = `${isExact ? '=' : ''}${path}`;
    if (seen.has(key) && location.owner !== undefined) {
      const message = `makes nginx see the location ${path} twice, and refuse the whole configuration`;
      findings.problem(location.owner.ingress.manifest, location.written.at, 'bad-configuration', message);
    }
    seen.add(key);
  }
}

function checkPattern({ path, location: { owner, written } }: NginxLocation, findings: Findings): void {
  const { state, why } = patternOf(`^${bytesOf(path)}`, true);
  if (state === 'broken' && owner !== undefined) {
    const message = `nginx refuses the regular expression ^${path} (${why}), and with it the whole configuration`;
    findings.problem(owner.ingress.manifest, [...written.at, 'path'], 'bad-configuration', message);
  }
}
