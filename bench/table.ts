import { execFileSync } from 'node:child_process';

/** A table, each line of which is measured in a process of its own, so that none warms or fills another's memory. */
export interface Table<Size, Result> {
  readonly file: string;
  readonly heads: readonly string[];
  readonly sizes: readonly Size[];
  readonly measure: (size: Size) => Result | Promise<Result>;
  readonly cells: (size: Size, result: Result) => readonly (string | number)[];
}

/** Prints the table; in a process that was started for one of its lines, that line's result. */
export async function printTable<Size, Result>({
  file,
  heads,
  sizes,
  measure,
  cells,
}: Table<Size, Result>): Promise<void> {
  const [chosen] = process.argv.slice(2);
  if (chosen !== undefined) {
    console.log(JSON.stringify(await measure(sizes[Number(chosen)] as Size)));
    return;
  }
  printHead(heads);
  for (const [index, size] of sizes.entries()) {
    const output = execFileSync(process.execPath, [...process.execArgv, file, String(index)], { encoding: 'utf8' });
    printRow(cells(size, JSON.parse(output) as Result));
  }
}

export function printHead(heads: readonly string[]): void {
  printRow(heads);
  printRow(heads.map(() => '---'));
}

export function printRow(cells: readonly (string | number)[]): void {
  console.log(`| ${cells.map((cell) => cell.toLocaleString('en')).join(' | ')} |`);
}

/** What a call gives, and how many milliseconds it takes. */
export function timed<Value>(run: () => Value): [Value, number] {
  const start = performance.now();
  const value = run();
  return [value, performance.now() - start];
}

/** How long each of many calls takes, in microseconds of the processor, once the code is warm. */
export function eachTimed<Item>(items: readonly Item[], run: (item: Item) => unknown): number {
  const round = () => {
    const { user, system } = process.cpuUsage();
    for (const item of items) {
      run(item);
    }
    const end = process.cpuUsage();
    return (end.user + end.system - user - system) / items.length;
  };
  const rounds = Array.from({ length: ROUNDS }, round).slice(WARM);
  return rounds.sort((a, b) => a - b)[Math.floor(rounds.length / 2)] as number;
}

/** Rounds over all items, and how many of them come before the ones that are counted. */
const ROUNDS = 20;
const WARM = 11;

/** The most memory that this process ever had. */
export function megabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

export function seconds(milliseconds: number): string {
  return `${decimal(milliseconds / 1000)} s`;
}

export function millis(milliseconds: number): string {
  return `${Math.round(milliseconds).toLocaleString('en')} ms`;
}

export function micros(microseconds: number): string {
  return `${decimal(microseconds)} µs`;
}

export function ratio(a: number, b: number): string {
  return `${decimal(a / b)} ×`;
}

/** Small numbers with two digits after the point, large ones with none. */
function decimal(value: number): string {
  const digits = value < 10 ? 2 : 0;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
