/** A release 1.x of the controller, from 1.8 on. */
export interface Release {
  readonly minor: number;
  readonly patch: number;
}

/** The last release that there is, which stands where nothing tells another one. */
export const LAST_RELEASE: Release = { minor: 15, patch: 1 };

/** The first release that is followed. */
export const FIRST_RELEASE: Release = { minor: 8, patch: 2 };

/**
 * A release as people write it: `1.12`, which is the last of its patches, `1.12.1` or `v1.12.1`. Older ones than 1.8 decide as
 * that does, as far as is known here; `undefined` for what is none.
 */
export function releaseOf(text: string): Release | undefined {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:-[\w.]+)?$/.exec(text) ?? [];
  if (major === undefined || minor === undefined) {
    return undefined;
  }
  const release = { minor: Number(minor), patch: Number(patch ?? 99) };
  return Number(major) > 1 ? LAST_RELEASE : Number(major) < 1 ? FIRST_RELEASE : release;
}

/** Whether a release is one of those that are followed. */
export function isFollowed({ minor }: Release): boolean {
  return minor >= FIRST_RELEASE.minor && minor <= LAST_RELEASE.minor;
}

/** Whether a release is 1.`minor` or a later one. */
export function isFrom(release: Release, minor: number): boolean {
  return release.minor >= minor;
}

/** Whether paths stand in quotes in the configuration of nginx, so that they may hold `{`, `;` and spaces. */
export function quotesPaths({ minor, patch }: Release): boolean {
  return minor > 14 || (minor === 14 && patch >= 3) || (minor === 13 && patch >= 7);
}

/** A release as it is called, e.g. `1.12.1`, or `1.12`. */
export function releaseText({ minor, patch }: Release): string {
  return patch === 99 ? `1.${minor}` : `1.${minor}.${patch}`;
}
