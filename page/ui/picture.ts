import type { PictureAnswer } from '../../report/page/session';

/** What somebody chose in a picture. */
export type Chosen = { readonly kind: 'node'; readonly at: number } | { readonly kind: 'net'; readonly at: number };

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** So large is a picture drawn by itself. */
const LARGEST = 1.3;

/** So small may a picture be drawn that names in it are read. */
const READABLE = 0.7;

/** A picture that is moved, zoomed and walked through by mouse, touch and keys. */
export class Picture {
  /** What is drawn. */
  private answer: PictureAnswer | undefined;
  private svg: SVGSVGElement | undefined;
  private whole: Box = { x: 0, y: 0, width: 1, height: 1 };
  private view: Box = this.whole;
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private moved = 0;

  /**
   * @param host the element that holds the picture
   * @param choose called with what was chosen; `undefined` where that is taken back
   */
  constructor(
    readonly host: HTMLElement,
    private readonly choose: (chosen: Chosen | undefined) => void,
  ) {
    host.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    host.addEventListener('pointerdown', (event) => this.down(event));
    host.addEventListener('pointermove', (event) => this.move(event));
    for (const name of ['pointerup', 'pointercancel'] as const) {
      host.addEventListener(name, (event) => this.up(event));
    }
    host.addEventListener('click', (event) => this.click(event));
    host.addEventListener('keydown', (event) => this.key(event));
    // What is printed is the whole picture, wherever somebody is in it.
    matchMedia('print').addEventListener('change', ({ matches }) => this.apply(matches ? this.whole : this.view));
  }

  /** Shows a picture. The SVG is what the report draws: every text in it is escaped there. */
  show(answer: PictureAnswer, isDrawn = false): void {
    this.answer = answer;
    if (!isDrawn) {
      this.host.innerHTML = answer.svg;
    }
    this.svg = this.host.querySelector('svg') ?? undefined;
    const [width, height] = ['width', 'height'].map((name) => Number(this.svg?.getAttribute(name)));
    this.whole = { x: 0, y: 0, width: width || 1, height: height || 1 };
    for (const at of answer.nodes.keys()) {
      const box = this.boxOf(at);
      box?.setAttribute('role', 'button');
      box?.setAttribute('tabindex', at === 0 ? '0' : '-1');
    }
    this.begin();
  }

  /** Shows all of it, or on a small screen what can still be read. */
  private begin(): void {
    this.fit();
    const rect = this.host.getBoundingClientRect();
    const wanted = Math.min(READABLE, rect.height / this.whole.height);
    if (rect.height > 0 && this.scale() < wanted) {
      const [width, height] = [rect.width / wanted, rect.height / wanted];
      this.view = { x: 0, y: (this.whole.height - height) / 2, width, height };
      this.apply();
    }
  }

  /** Shows all of it: a small picture in the middle, not blown up. */
  fit(): void {
    const { width, height } = this.whole;
    const rect = this.host.getBoundingClientRect();
    const more = Math.max(1, Math.min(rect.width / width, rect.height / height) / LARGEST);
    const [x, y] = [(width * (1 - more)) / 2, (height * (1 - more)) / 2];
    this.view = { x, y, width: width * more, height: height * more };
    this.apply();
  }

  /** Makes it larger or smaller around a point of the host, or its middle. */
  zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
    const rect = this.host.getBoundingClientRect();
    const scale = this.scale();
    const point = at ?? { x: rect.width / 2, y: rect.height / 2 };
    const least = Math.min(this.whole.width, this.whole.height) / 40;
    const width = Math.min(Math.max(this.view.width / factor, least), this.whole.width * 4);
    const ratio = width / this.view.width;
    const [dx, dy] = [point.x - rect.width / 2, point.y - rect.height / 2];
    this.view = {
      x: this.view.x + this.view.width / 2 + dx / scale - (width / 2 + (dx / scale) * ratio),
      y: this.view.y + this.view.height / 2 + dy / scale - ((this.view.height * ratio) / 2 + (dy / scale) * ratio),
      width,
      height: this.view.height * ratio,
    };
    this.apply();
  }

  /** Marks boxes and the lines between them; all others step back. Nothing where none is given. */
  mark(nodes: ReadonlySet<number>, nets: ReadonlySet<number>): void {
    const isAny = nodes.size + nets.size > 0;
    this.svg?.classList.toggle('some', isAny);
    for (const [name, chosen] of [
      ['node', nodes],
      ['net', nets],
    ] as const) {
      for (const element of this.host.querySelectorAll(`.${name}`)) {
        element.classList.toggle('on', chosen.has(Number(element.getAttribute('data-at'))));
      }
    }
  }

  /** A box and all that its lines lead to. */
  around(node: number): { readonly nodes: Set<number>; readonly nets: Set<number> } {
    const nodes = new Set([node]);
    const nets = new Set<number>();
    for (const [at, { sources, targets }] of (this.answer?.nets ?? []).entries()) {
      const others = [...(sources.includes(node) ? targets : []), ...(targets.includes(node) ? sources : [])];
      if (others.length > 0) {
        nets.add(at);
        for (const other of others) {
          nodes.add(other);
        }
      }
    }
    return { nodes, nets };
  }

  /** Brings a box into view and gives it the focus. */
  focus(node: number): void {
    for (const element of this.host.querySelectorAll('.node[tabindex="0"]')) {
      element.setAttribute('tabindex', '-1');
    }
    const box = this.boxOf(node);
    box?.setAttribute('tabindex', '0');
    box?.focus({ preventScroll: true });
    const rect = box?.getBBox();
    const outer = box?.parentElement as SVGGElement | null | undefined;
    const shift = outer?.transform.baseVal.consolidate()?.matrix;
    if (rect !== undefined) {
      const [x, y] = [rect.x + rect.width / 2 + (shift?.e ?? 0), rect.y + rect.height / 2 + (shift?.f ?? 0)];
      const { view } = this;
      const isIn = x > view.x && x < view.x + view.width && y > view.y && y < view.y + view.height;
      if (!isIn) {
        this.view = { ...view, x: x - view.width / 2, y: y - view.height / 2 };
        this.apply();
      }
    }
  }

  private boxOf(at: number): SVGGElement | null {
    return this.host.querySelector<SVGGElement>(`.node[data-at="${at}"]`);
  }

  private apply({ x, y, width, height }: Box = this.view): void {
    this.svg?.setAttribute('viewBox', `${x} ${y} ${width} ${height}`);
  }

  /** Pixels of the screen for one unit of the picture. */
  private scale(): number {
    const rect = this.host.getBoundingClientRect();
    return Math.min(rect.width / this.view.width, rect.height / this.view.height) || 1;
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const rect = this.host.getBoundingClientRect();
    const lines = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    this.zoom(Math.exp(-lines / 400), { x: event.clientX - rect.left, y: event.clientY - rect.top });
  }

  private down(event: PointerEvent): void {
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.moved = 0;
  }

  private move(event: PointerEvent): void {
    const before = this.pointers.get(event.pointerId);
    if (before === undefined) {
      return;
    }
    const now = { x: event.clientX, y: event.clientY };
    const [other] = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    this.pointers.set(event.pointerId, now);
    this.moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (this.moved > 4) {
      this.host.setPointerCapture(event.pointerId);
    }
    const scale = this.scale();
    this.view = {
      ...this.view,
      x: this.view.x - (now.x - before.x) / scale,
      y: this.view.y - (now.y - before.y) / scale,
    };
    if (other !== undefined) {
      const apart = (point: { x: number; y: number }) => Math.hypot(point.x - other.x, point.y - other.y) || 1;
      const rect = this.host.getBoundingClientRect();
      const middle = { x: (now.x + other.x) / 2 - rect.left, y: (now.y + other.y) / 2 - rect.top };
      this.zoom(apart(now) / apart(before), middle);
    }
    this.apply();
  }

  private up(event: PointerEvent): void {
    this.pointers.delete(event.pointerId);
  }

  private click(event: MouseEvent): void {
    if (this.moved > 4) {
      return;
    }
    this.choose(chosenAt(event.target as Element));
  }

  private key(event: KeyboardEvent): void {
    const steps = new Map([
      ['ArrowLeft', [-1, 0]],
      ['ArrowRight', [1, 0]],
      ['ArrowUp', [0, -1]],
      ['ArrowDown', [0, 1]],
    ]);
    const step = steps.get(event.key) as [number, number] | undefined;
    const chosen = chosenAt(event.target as Element);
    if (step !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (event.shiftKey || chosen?.kind !== 'node') {
        this.view = {
          ...this.view,
          x: this.view.x + (step[0] * this.view.width) / 10,
          y: this.view.y + (step[1] * this.view.height) / 10,
        };
        this.apply();
      } else {
        this.walk(chosen.at, step);
      }
    } else if (event.key === '+' || event.key === '=') {
      this.zoom(1.25);
    } else if (event.key === '-') {
      this.zoom(0.8);
    } else if (event.key === '0') {
      this.fit();
    } else if (event.key === 'Escape') {
      this.choose(undefined);
    } else if ((event.key === 'Enter' || event.key === ' ') && chosen !== undefined) {
      this.choose(chosen);
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Gives the focus to the box that lies nearest in a direction. */
  private walk(from: number, [dx, dy]: readonly [number, number]): void {
    const middle = (at: number) => {
      const rect = this.boxOf(at)?.getBoundingClientRect() ?? new DOMRect();
      return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
    };
    const here = middle(from);
    let best: { readonly at: number; readonly cost: number } | undefined;
    for (const at of (this.answer?.nodes ?? []).keys()) {
      const there = middle(at);
      const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy;
      const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
      const cost = ahead + aside * 2;
      if (at !== from && ahead > 1 && (best === undefined || cost < best.cost)) {
        best = { at, cost };
      }
    }
    if (best !== undefined) {
      this.focus(best.at);
    }
  }
}

function chosenAt(target: Element): Chosen | undefined {
  const element = target.closest('.node, .net');
  const at = Number(element?.getAttribute('data-at'));
  return element === null ? undefined : { kind: element.classList.contains('node') ? 'node' : 'net', at };
}
