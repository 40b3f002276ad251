/** The longest name of an object or listener that an API server takes. */
const LONGEST = 253;

/** Names that nothing else has, and that are no longer than an API server takes. */
export class Names {
  constructor(private readonly taken = new Set<string>()) {}

  /**
   * Takes a name that is free: the one that is wanted, or else one with a number behind it.
   *
   * @param scope within which names have to differ, e.g. `HTTPRoute shop`
   */
  free(scope: string, wanted: string): string {
    let name = wanted;
    for (let count = 2; this.taken.has(`${scope}/${name}`) || name.length > LONGEST; count++) {
      const number = `-${count}`;
      name = wanted.slice(0, LONGEST - number.length).replace(/[^a-z0-9]+$/, '') + number;
    }
    this.taken.add(`${scope}/${name}`);
    return name;
  }
}
