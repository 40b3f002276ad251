import { type Routes, sameRouting } from '../../analysis';
import { routesDiffJson } from '../../report/diff/json';
import { routesDiffText } from '../../report/diff/text';
import { readInput } from '../input';
import { Refusal } from '../refusal';
import { routesOf } from '../routes';
import type { Session } from '../run';
import { styleOf } from '../style';
import type { DiffOptions } from './diff';

/** Says what a change does. */
export async function diff(before: string, after: string, options: DiffOptions, session: Session): Promise<number> {
  const { io, output } = session;
  if (options.routes !== true) {
    throw new Refusal(['diff compares routes so far; give --routes']);
  }
  if (before === '-' && after === '-') {
    throw new Refusal(['-: standard input can be read once, for BEFORE or for AFTER']);
  }
  const read = async (path: string, ingressClass: string | undefined): Promise<Routes> =>
    routesOf(await readInput([path], io), { class: ingressClass }, output);
  const comparison = sameRouting(
    await read(before, options.beforeClass ?? options.class),
    await read(after, options.afterClass ?? options.class),
    { accept: options.accept ?? [] },
  );
  const style = styleOf(io.stdout, io);
  await output.write(options.format === 'json' ? routesDiffJson(comparison) : routesDiffText(comparison, style));
  return options.exitCode === true && !comparison.proven ? 1 : 0;
}
