import { pattern } from './fields';
import { type Problems, shown } from './values';

const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const DOMAIN = `(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9a-fA-F:]+\\])`;
const ELEMENT = '[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*';
const PATH = `${ELEMENT}(?:/${ELEMENT})*`;
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';

const NAME = new RegExp(`^(?:${DOMAIN}(?::\\d+)?/)?${PATH}$`);
const REFERENCE = new RegExp(`^(?<name>(?:${DOMAIN}(?::\\d+)?/)?${PATH})(?::${TAG})?(?:@${DIGEST})?$`);
const REGISTRY = new RegExp(`^${DOMAIN}(?::\\d+)?(?:/${PATH})?$`);

/** The longest name that registries and container runtimes take, without tag and digest. */
const LONGEST = 255;

/**
 * The reference of a container image.
 *
 * @see https://github.com/distribution/reference/blob/main/reference.go
 */
export function image(what: string, value: unknown): Problems {
  const name = typeof value === 'string' ? REFERENCE.exec(value)?.groups?.name : undefined;
  return name !== undefined && name.length <= LONGEST
    ? []
    : [`${what} is ${shown(value)}; give an image such as "registry.example/shop:1.4"`];
}

/** The name of an image: as a reference, but without tag and digest. */
export function imageName(example: string): (what: string, value: unknown) => Problems {
  return (what, value) =>
    typeof value === 'string' && NAME.test(value) && value.length <= LONGEST
      ? []
      : [`${what} is ${shown(value)}; give ${example}`];
}

/** The tag of an image. */
export const imageTag = pattern(new RegExp(`^${TAG}$`), 'give the tag of an image such as "v1.32.3"');

/** The registry and path that stand before the name of an image. */
export function imageRegistry(what: string, value: unknown): Problems {
  return typeof value === 'string' && REGISTRY.test(value) && value.length < LONGEST - 1
    ? []
    : [
        `${what} is ${shown(value)}; give a registry such as "registry.example:5000/mirror", without scheme and final "/"`,
      ];
}
