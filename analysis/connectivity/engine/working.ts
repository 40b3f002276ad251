import type { GroupRow } from './ends';
import type { Engine, Found } from './engine';
import type { PortSets } from './port-sets';

/** So much room sets of ports may take that were found row by row, in numbers. */
const MOST = 2_000_000;

/**
 * Finds row by row what sources may connect to. Where each pair of workloads has ports of its own, there may be a hundred
 * million sets of them: when they have become too many, all are forgotten but those of policies.
 */
export class Working {
  private found: Found;

  constructor(
    readonly engine: Engine,
    private readonly most = MOST,
  ) {
    this.found = engine.found;
    this.renew();
  }

  /** What the sets of ports in rows are numbers of. */
  get sets(): PortSets {
    return this.found.sets;
  }

  /** The groups of targets to which a group of sources may connect, and on which ports: good until `renew`. */
  targetsOf(source: number): GroupRow {
    return this.engine.targetsOf(source, this.found);
  }

  get isFull(): boolean {
    return this.found.sets.room - this.engine.room > this.most;
  }

  /** Forgets all sets that rows were made of, if there are too many; whether it did. */
  renew(): boolean {
    const { isFull } = this;
    this.found = isFull ? this.engine.again(this.found) : this.found;
    return isFull;
  }
}
