import { listIn } from '../manifest/lists';
import type { Peer } from './peer';

/** So much room the lists that are known may take, and what a list takes beside its peers, in terms of one of them. */
const MOST = 2_000_000;
const LIST = 32;

/** Peers by their places, in ascending order. Who asks for no peer pays for none: there may be thousands of lists of thousands. */
export class PeerList {
  private known: readonly Peer[] | undefined;
  private isAsked = false;

  /** @param all all peers, by place */
  constructor(
    readonly places: Int32Array,
    private readonly all: readonly Peer[],
  ) {}

  /** The same list each time. */
  get peers(): readonly Peer[] {
    this.known ??= this.listed();
    return this.known;
  }

  /** The same for who keeps nothing: most lists of thousands are asked for once, so that they are kept from the second time on. */
  inPassing(): readonly Peer[] {
    if (this.isAsked || this.known !== undefined) {
      return this.peers;
    }
    this.isAsked = true;
    return this.listed();
  }

  private listed(): readonly Peer[] {
    const { places, all } = this;
    const peers = new Array<Peer>(places.length);
    for (let at = 0; at < places.length; at++) {
      peers[at] = all[places[at] as number] as Peer;
    }
    return peers;
  }
}

/**
 * Lists of peers by their places: the same peers are the same list, since thousands of groups may have the same end.
 *
 * Where nearly no list is met again, those of long ago are forgotten.
 */
export class PeerLists {
  private readonly known = new Map<number, PeerList[]>();
  /** By place: the list of this peer alone, which is asked for most. */
  private readonly alone: (PeerList | undefined)[] = [];
  private size = 0;

  constructor(private readonly all: readonly Peer[]) {}

  of(places: Int32Array): PeerList {
    return places.length === 1 ? this.just(places[0] as number) : this.several(places);
  }

  private just(place: number): PeerList {
    let list = this.alone[place];
    if (list === undefined) {
      list = new PeerList(Int32Array.of(place), this.all);
      this.alone[place] = list;
    }
    return list;
  }

  private several(places: Int32Array): PeerList {
    const hash = hashOf(places);
    const known = this.known.get(hash)?.find((one) => areEqual(one.places, places));
    if (known !== undefined) {
      return known;
    }
    this.size += LIST + places.length;
    if (this.size > MOST) {
      this.known.clear();
      this.size = LIST + places.length;
    }
    const list = new PeerList(places.slice(), this.all);
    listIn(this.known, hash).push(list);
    return list;
  }
}

function areEqual(list: Int32Array, places: Int32Array): boolean {
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

function hashOf(places: Int32Array): number {
  let hash = places.length;
  for (let at = 0; at < places.length; at++) {
    hash = (Math.imul(hash, 31) + (places[at] as number)) | 0;
  }
  return hash;
}
