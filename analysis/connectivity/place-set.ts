/** Unites lists of places. */
export class PlaceSet {
  private readonly marks: Uint8Array;
  private readonly found: Int32Array;
  private count = 0;

  /** @param count all places are below it */
  constructor(count: number) {
    this.marks = new Uint8Array(count);
    this.found = new Int32Array(count);
  }

  /** Adds a part of a list. */
  add(places: Int32Array, first = 0, end = places.length): void {
    const { marks, found } = this;
    for (let at = first; at < end; at++) {
      const place = places[at] as number;
      if (marks[place] === 0) {
        marks[place] = 1;
        found[this.count++] = place;
      }
    }
  }

  /** All places that were added, each once, in ascending order; after that there are none. */
  take(): Int32Array {
    const { marks, count } = this;
    const places = this.found.slice(0, count);
    this.count = 0;
    // Sorting is for lists with gaps: of one that is nearly full, every place is looked at.
    if (count * 8 < marks.length) {
      places.sort();
      for (const place of places) {
        marks[place] = 0;
      }
      return places;
    }
    let at = 0;
    for (let place = 0; at < count; place++) {
      if (marks[place] === 1) {
        marks[place] = 0;
        places[at++] = place;
      }
    }
    return places;
  }
}
