import { listIn } from '../manifest/lists';
import type { Peer } from './peer';

/** So many peers stand in the lists that are known. */
const MOST = 8_000_000;

/** Peers by their places, in ascending order. Who asks for no peer pays for none: there may be thousands of lists of thousands. */
export class PeerList {
  private known: readonly Peer[] | undefined;

  /** @param all all peers, by place */
  constructor(
    readonly places: Int32Array,
    private readonly all: readonly Peer[],
  ) {}

  /** The same list each time. */
  get peers(): readonly Peer[] {
    this.known ??= Array.from(this.places, (place) => this.all[place] as Peer);
    return this.known;
  }
}

/**
 * Lists of peers by their places: the same peers are the same list, since thousands of groups may have the same end.
 *
 * Where nearly no list is met again, those of long ago are forgotten.
 */
export class PeerLists {
  private readonly known = new Map<number, PeerList[]>();
  private size = 0;

  constructor(private readonly all: readonly Peer[]) {}

  of(places: readonly number[]): PeerList {
    const hash = hashOf(places);
    const known = this.known.get(hash)?.find((one) => areEqual(one.places, places));
    if (known !== undefined) {
      return known;
    }
    this.size += places.length;
    if (this.size > MOST) {
      this.known.clear();
      this.size = places.length;
    }
    const list = new PeerList(new Int32Array(places), this.all);
    listIn(this.known, hash).push(list);
    return list;
  }
}

function areEqual(list: Int32Array, places: readonly number[]): boolean {
  if (list.length !== places.length) {
    return false;
  }
  for (let at = 0; at < list.length; at++) {
    if (list[at] !== places[at]) {
      return false;
    }
  }
  return true;
}

function hashOf(places: readonly number[]): number {
  let hash = places.length;
  for (const place of places) {
    hash = (Math.imul(hash, 31) + place) | 0;
  }
  return hash;
}
