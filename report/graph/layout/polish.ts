import type { Arrangement, Cells } from './arrangement';
import type { Channels } from './channels';
import type { Router } from './router';
import type { LayoutInput } from './types';

/** So often are two boxes exchanged for each line, at most so often in all. */
const TRIES = 20;
const MOST = 600;
/** Of so many lines, or with so many ends, each try takes too long. */
const MOST_NETS = 120;

/**
 * Exchanges boxes of a group while the lines that end at them, led through the channels anew, cost less. What counts are real
 * ways past real others, where `bettered` knows straight lines alone. The same input gives the same arrangement.
 *
 * @param router one that has led all lines; it is of no use afterwards
 */
export function polished(input: LayoutInput, channels: Channels, router: Router): Arrangement {
  const { columns, cells } = channels.arrangement;
  const { nets, boxes, groups } = input;
  if (nets.length < 4 || nets.length > MOST_NETS) {
    return channels.arrangement;
  }
  const at = boxes.map((_, box) =>
    [...nets.keys()].filter((net) => nets[net]?.sources.includes(box) || nets[net]?.targets.includes(box)),
  );
  const rooms = groups.map(({ boxes: own }) => own).filter((own) => own.length > 1);
  if (rooms.length === 0) {
    return channels.arrangement;
  }
  const stands = new Map(boxes.map((_, box) => [box, box]));
  let state = 7;
  const dice = (sides: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
  const tries = Math.min(MOST, nets.length * TRIES);
  for (let round = 0; round < tries; round++) {
    const room = rooms[dice(rooms.length)] as readonly number[];
    const [one, other] = [room[dice(room.length)] as number, room[dice(room.length)] as number];
    const touched = [...new Set([...(at[one] ?? []), ...(at[other] ?? [])])];
    if (one === other || touched.length === 0) {
      continue;
    }
    const heat = (1 - round / tries) ** 2 * 100;
    const before = router.taken(touched);
    channels.exchange(one, other);
    const after = router.led(touched);
    if (after.cost - before.cost < (heat * dice(1000)) / 1000) {
      const [a, b] = [stands.get(one) as number, stands.get(other) as number];
      stands.set(one, b).set(other, a);
    } else {
      router.taken(touched);
      channels.exchange(one, other);
      router.put(before.trees);
    }
  }
  // A box stands in the cell of another: by cell, what stands in it now.
  const inCell = new Map([...stands].map(([box, cell]) => [cell, box]));
  return {
    columns,
    cells: cells.map(
      ({ rows, columns: own }): Cells => ({
        rows,
        columns: own.map((list) => list.map((box) => (box === undefined ? undefined : inCell.get(box)))),
      }),
    ),
  };
}
