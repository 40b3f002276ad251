import { patternOf } from '../pattern';
import type { Findings } from '../problems';
import { bytesOf } from '../uri';
import type { NginxLocation, NginxLocations } from './locations';
import { quotesPaths, releaseText } from './release';
import { wwwOf } from './server-names';
import type { Server } from './servers';
import type { Settings } from './settings';

/** Reports names of a server that make nginx refuse its configuration. */
export function checkNames({ host, aliases, aliasIngress, fromToWww }: Server, findings: Findings): void {
  if (fromToWww !== undefined && host.startsWith('*.')) {
    const message = `from-to-www-redirect of the wildcard host ${host} makes nginx refuse the name ${wwwOf(host)}, and with it the whole configuration`;
    findings.problem(fromToWww.manifest, ['metadata', 'annotations'], 'bad-configuration', message);
  }
  for (const alias of aliases) {
    if (aliasIngress !== undefined && !isServerName(alias)) {
      const message = `nginx refuses the server-alias ${alias}, and with it the whole configuration; give a name, "*." and a name, a name and ".*", or "~" and a regular expression`;
      findings.problem(aliasIngress.manifest, ['metadata', 'annotations'], 'bad-configuration', message);
    }
  }
}

/** @see https://nginx.org/en/docs/http/server_names.html */
function isServerName(text: string): boolean {
  if (text.startsWith('~')) {
    return text !== '~' && patternOf(text.slice(1), false).state !== 'broken';
  }
  // Behind a dot at the beginning, a star is a letter like others, but two are too many everywhere.
  const name = text.startsWith('*.') ? text.slice(2) : text.endsWith('.*') ? text.slice(0, -2) : text;
  const isStarred = text.startsWith('.') ? text.split('*').length > 2 : name === '' || name.includes('*');
  return !isStarred && text !== '.' && !text.includes('..');
}

/** Reports locations that make nginx refuse its configuration: the controller then goes on with the one before. */
export function checkLocations({ areRegex, locations }: NginxLocations, settings: Settings, findings: Findings): void {
  if (areRegex) {
    for (const location of locations) {
      checkPattern(location, findings);
    }
    return;
  }
  noteLiteral(locations, findings);
  checkUnquoted(locations, settings, findings);
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

/** Signs that a path has only where it is meant as a regular expression. */
const SIGNS = /[\\^$*+?|()[\]{}]/;

/** Without use-regex and rewrites, a path is what it says, whatever signs it holds. */
function noteLiteral(locations: NginxLocations['locations'], findings: Findings): void {
  for (const { owner, written } of new Set(locations.map(({ location }) => location))) {
    if (owner !== undefined && SIGNS.test(written.path)) {
      const message = `the path ${JSON.stringify(written.path)} is taken as it is written, not as a regular expression: nothing of its host has use-regex or a rewrite-target`;
      findings.note(owner.ingress.manifest, [...written.at, 'path'], 'no-effect', message);
    }
  }
}

/** Releases that do not quote paths write some that nginx cannot read. */
function checkUnquoted(
  locations: NginxLocations['locations'],
  { release, isReleaseKnown }: Settings,
  findings: Findings,
): void {
  for (const { owner, written } of new Set(locations.map(({ location }) => location))) {
    if (owner === undefined || !/[{;\s]/.test(written.path)) {
      continue;
    }
    const { manifest } = owner.ingress;
    const at = [...written.at, 'path'];
    const path = `the path ${JSON.stringify(written.path)}`;
    if (!quotesPaths(release)) {
      const message = `${path} makes nginx refuse its whole configuration in release ${releaseText(release)}; those from 1.13.7 and 1.14.3 put it in quotes`;
      findings.problem(manifest, at, 'bad-configuration', message);
    } else if (!isReleaseKnown) {
      const message = `${path} is in quotes in release ${releaseText(release)}, which is assumed; in those before 1.13.7 and 1.14.3 nginx refuses its whole configuration for it`;
      findings.note(manifest, at, 'assumed', message);
    }
  }
}

function checkPattern({ path, location: { owner, written } }: NginxLocation, findings: Findings): void {
  const { state, why } = patternOf(`^${bytesOf(path)}`, true);
  if (state === 'broken' && owner !== undefined) {
    const message = `nginx refuses the regular expression ^${path} (${why}), and with it the whole configuration`;
    findings.problem(owner.ingress.manifest, [...written.at, 'path'], 'bad-configuration', message);
  }
}
