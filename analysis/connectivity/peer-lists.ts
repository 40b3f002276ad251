import { listIn } from '../manifest/lists';
import type { Peer } from './peer';

/** So many peers stand in the lists that are known. */
const MOST = 8_000_000;

/**
 * Lists of peers by their places: the same peers are the same list, since thousands of groups may have the same end.
 *
 * Where nearly no list is met again, those of long ago are forgotten.
 */
export class PeerLists {
  private readonly known = new Map<number, (readonly Peer[])[]>();
  private size = 0;

  constructor(private readonly all: readonly Peer[]) {}

  of(places: readonly number[]): readonly Peer[] {
    const hash = hashOf(places);
    const known = this.known.get(hash)?.find((one) => this.isOf(one, places));
    if (known !== undefined) {
      return known;
    }
    this.size += places.length;
    if (this.size > MOST) {
      this.known.clear();
      this.size = places.length;
    }
    const list = places.map((place) => this.all[place] as Peer);
    listIn(this.known, hash).push(list);
    return list;
  }

  private isOf(list: readonly Peer[], places: readonly number[]): boolean {
    return list.length === places.length && list.every((peer, at) => peer === this.all[places[at] as number]);
  }
}

function hashOf(places: readonly number[]): number {
  let hash = places.length;
  for (const place of places) {
    hash = (Math.imul(hash, 31) + place) | 0;
  }
  return hash;
}
