import type { Channels, Stop } from './channels';
import { lanesOf } from './lanes';
import type { Tree } from './router';
import { runsOf, type TallContact, type TallRun, type WideRun } from './runs';
import { type Positions, positionsOf, type Sizes } from './sizes';
import {
  type Drawn,
  HEADER,
  type LayoutInput,
  type LayoutNet,
  PADDING,
  PITCH,
  type Point,
  type Tip,
  UNIT,
} from './types';

/** Room for an arrow and what stands free beside a box where lines end. */
const TIP = 14;
const LEAST_GUTTER = 26;

export interface Geometry {
  readonly positions: Positions;
  readonly sizes: Sizes;
  readonly nets: readonly Drawn[];
}

/** Gives ways their room and their lanes, and says where every line runs. */
export function geometryOf(input: LayoutInput, channels: Channels, trees: readonly Tree[], rough: Positions): Geometry {
  const { boxes, groups, nets } = input;
  const { tall, wide } = runsOf(trees, channels);
  const isTarget = (net: number, place: number) => (nets[net] as LayoutNet).targets.includes(place);
  const stopOf = (stop: number) => channels.stops[stop] as Stop;

  // Ways from left to right come first: their lanes follow from the order of the verticals alone.
  const wideLane = new Map<WideRun, number>();
  const horizontals = channels.horizontals.map(({ group, column }, horizontal) => {
    const own = wide.filter((run) => run.horizontal === horizontal);
    const { lanes, count } = lanesOf(
      own.map(({ from, to, contacts }) => ({
        from,
        to,
        before: contacts.flatMap(({ at, up }) => (up ? [at] : [])),
        after: contacts.flatMap(({ at, down }) => (down ? [at] : [])),
      })),
    );
    for (const [at, run] of own.entries()) {
      wideLane.set(run, lanes[at] as number);
    }
    const inner = group === undefined ? undefined : channels.inner[group]?.horizontals;
    const isEdge = inner !== undefined && (horizontal === inner[0] || horizontal === inner.at(-1));
    const outer = group === undefined ? channels.gaps[column] : undefined;
    const isRim = outer !== undefined && (horizontal === outer[0] || horizontal === outer.at(-1));
    const least = isEdge ? (horizontal === inner?.[0] ? 0 : 1) : group === undefined ? (isRim ? 0 : 2) : 1;
    return Math.max(least, count === 0 ? 0 : count + 1) * UNIT;
  });

  // Where lines end at the sides of places: those that come from above first.
  const atSide = new Map<number, { readonly run: TallRun; readonly contact: TallContact }[]>();
  for (const run of tall) {
    for (const contact of run.contacts) {
      if (contact.tip !== undefined) {
        const list = atSide.get(contact.tip) ?? [];
        atSide.set(contact.tip, list);
        list.push({ run, contact });
      }
    }
  }
  const roughY = ({ tip, wide: run }: TallContact) =>
    tip !== undefined
      ? middle(rough.places[stopOf(tip).place as number] as { y: number; height: number })
      : (rough.horizontals[run?.horizontal as number] as number) + (wideLane.get(run as WideRun) ?? 0);
  const slots = new Map<TallContact, number>();
  for (const list of atSide.values()) {
    const aim = ({ run, contact }: (typeof list)[number]) => {
      const others = run.contacts.filter((one) => one !== contact).map(roughY);
      return others.reduce((all, y) => all + y, 0) / Math.max(1, others.length);
    };
    const aims = new Map(list.map((one) => [one, aim(one)]));
    list.sort((a, b) => (aims.get(a) as number) - (aims.get(b) as number) || a.run.net - b.run.net);
    for (const [slot, { contact }] of list.entries()) {
      slots.set(contact, slot);
    }
  }
  const countAt = (place: number, side: 'left' | 'right') =>
    atSide.get(channels.sides[place]?.[side] as number)?.length ?? 0;
  const heights = boxes.map(({ height }, box) => {
    const units = Math.max(Math.ceil(height / UNIT), countAt(box, 'left'), countAt(box, 'right') + 1);
    return units * UNIT;
  });

  const headers = groups.map((_, group) => {
    const place = boxes.length + group;
    return Math.max(HEADER, Math.max(countAt(place, 'left'), countAt(place, 'right') + 1) * UNIT);
  });

  // The room that arrows and their texts need beside each side.
  const room = (place: number, side: 'left' | 'right') =>
    Math.max(
      0,
      ...(atSide.get(channels.sides[place]?.[side] as number) ?? []).map(({ run }) =>
        isTarget(run.net, place) ? (nets[run.net] as LayoutNet).labelWidth + TIP + 4 : 10,
      ),
    );
  const most = (places: readonly (number | undefined)[], side: 'left' | 'right') =>
    Math.max(0, ...places.map((place) => (place === undefined ? 0 : room(place, side))));
  const { columns, cells } = channels.arrangement;
  const paddings = groups.map((group, at) => {
    const own = cells[at]?.columns ?? [];
    const free = group.framed ? PADDING : 0;
    return { left: free + most(own[0] ?? [], 'left'), right: free + most(own.at(-1) ?? [], 'right') };
  });
  const before = channels.verticals.map(() => 0);
  const after = channels.verticals.map(() => 0);
  for (const [at, list] of columns.entries()) {
    const places = list.map((group) => boxes.length + group);
    after[channels.gutters[at] as number] = most(places, 'left');
    before[channels.gutters[at + 1] as number] = most(places, 'right');
    for (const group of list) {
      for (const [index, vertical] of (channels.inner[group]?.verticals ?? []).entries()) {
        before[vertical] = most(cells[group]?.columns[index] ?? [], 'right');
        after[vertical] = most(cells[group]?.columns[index + 1] ?? [], 'left');
      }
    }
  }

  // Heights are known now, and with them where every part from top to bottom begins and ends.
  const standing = positionsOf(input, channels, {
    verticals: channels.verticals.map(() => 0),
    horizontals,
    heights,
    paddings,
    headers,
  });
  const wideY = (run: WideRun) => {
    const { column, group } = channels.horizontals[run.horizontal] as { column: number; group: number | undefined };
    const inner = group === undefined ? undefined : channels.inner[group]?.horizontals;
    const first = inner !== undefined && run.horizontal === inner[0];
    // Lines of neighbouring columns of the picture come into one gutter at heights of their own.
    const top = (standing.horizontals[run.horizontal] as number) + (first ? 0 : UNIT / 2);
    const shift = column % 2 === 0 ? 3 : 9;
    return top + (wideLane.get(run) as number) * UNIT + shift;
  };
  const contactY = (contact: TallContact): number => {
    if (contact.tip === undefined) {
      return wideY(contact.wide as WideRun);
    }
    const { place, side } = stopOf(contact.tip) as { place: number; side: 'left' | 'right' };
    const { y, height } = standing.places[place] as { y: number; height: number };
    const whole = place >= boxes.length ? (headers[place - boxes.length] as number) : height;
    const units = whole / UNIT - (side === 'left' ? 0 : 1);
    const count = atSide.get(contact.tip)?.length ?? 0;
    const first = Math.max(0, Math.floor((units - count) / 2));
    return y + (side === 'left' ? UNIT / 2 : UNIT) + (first + (slots.get(contact) as number)) * UNIT;
  };
  const ys = new Map(tall.flatMap(({ contacts }) => contacts.map((contact) => [contact, contactY(contact)] as const)));
  const tallLane = new Map<TallRun, number>();
  const verticals = channels.verticals.map(({ group }, vertical) => {
    const own = tall.filter((run) => run.vertical === vertical);
    const { lanes, count } = lanesOf(
      own.map(({ contacts }) => {
        const all = contacts.map((contact) => ys.get(contact) as number);
        return {
          from: Math.min(...all),
          to: Math.max(...all),
          before: contacts.flatMap((contact, at) => (contact.left ? [all[at] as number] : [])),
          after: contacts.flatMap((contact, at) => (contact.right ? [all[at] as number] : [])),
        };
      }),
      2,
    );
    for (const [at, run] of own.entries()) {
      tallLane.set(run, lanes[at] as number);
    }
    const lanesWidth = count === 0 ? 0 : (count - 1) * PITCH + 12;
    return Math.max(
      group === undefined ? LEAST_GUTTER : 20,
      (before[vertical] as number) + lanesWidth + (after[vertical] as number),
    );
  });
  const sizes: Sizes = { verticals, horizontals, heights, paddings, headers };
  const positions = positionsOf(input, channels, sizes);
  const laneCounts = channels.verticals.map((_, vertical) =>
    Math.max(0, ...tall.filter((run) => run.vertical === vertical).map((run) => (tallLane.get(run) as number) + 1)),
  );
  const tallX = (run: TallRun) => {
    const { vertical } = run;
    const lanesWidth = ((laneCounts[vertical] as number) - 1) * PITCH;
    const free =
      (verticals[vertical] as number) - (before[vertical] as number) - (after[vertical] as number) - lanesWidth;
    const start = (positions.verticals[vertical] as number) + (before[vertical] as number) + free / 2;
    return Math.round(start + (tallLane.get(run) as number) * PITCH);
  };
  const pieces = nets.map((): [Point, Point][] => []);
  const tips = nets.map((): Tip[] => []);
  for (const run of tall) {
    const x = tallX(run);
    const all = run.contacts.map((contact) => ys.get(contact) as number);
    pieces[run.net]?.push([
      { x, y: Math.min(...all) },
      { x, y: Math.max(...all) },
    ]);
    for (const contact of run.contacts) {
      if (contact.tip !== undefined) {
        const { place, side } = stopOf(contact.tip) as { place: number; side: 'left' | 'right' };
        const rect = positions.places[place] as { x: number; width: number };
        const tip = { x: side === 'left' ? rect.x : rect.x + rect.width, y: ys.get(contact) as number };
        pieces[run.net]?.push(side === 'left' ? [{ x, y: tip.y }, tip] : [tip, { x, y: tip.y }]);
        tips[run.net]?.push({ ...tip, place, side, isTarget: isTarget(run.net, place) });
      }
    }
  }
  for (const run of wide) {
    const y = wideY(run);
    const xs = run.contacts.map((contact) => tallX(contact.tall));
    pieces[run.net]?.push([
      { x: Math.min(...xs), y },
      { x: Math.max(...xs), y },
    ]);
  }
  return { positions, sizes, nets: nets.map((_, net) => ({ pieces: pieces[net] ?? [], tips: tips[net] ?? [] })) };
}

function middle({ y, height }: { readonly y: number; readonly height: number }): number {
  return y + height / 2;
}
