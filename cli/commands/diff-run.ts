import { type Routes, sameRouting } from '../../analysis';
import { routesDiffJson } from '../../report/diff/json';
import { routesDiffText } from '../../report/diff/text';
import { type Input, readInput } from '../input';
import { Refusal } from '../refusal';
import { type RoutesChoice, routesOf } from '../routes';
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
  const read = async (side: Side, path: string): Promise<Routes> => {
    const input = await readInput([path], io);
    try {
      return routesOf(input, { ...choiceOf(side, input, options), input: options.input }, output);
    } catch (error) {
      throw error instanceof Refusal ? new Refusal(error.lines.map((line) => sideLine(side, line))) : error;
    }
  };
  const [old, changed] = [await read('before', before), await read('after', after)];
  const comparison = sameRouting(old, changed, { accept: options.accept ?? [] });
  const warnings = [...old.warnings, ...changed.warnings];
  const style = styleOf(io.stdout, io);
  await output.write(
    options.format === 'json' ? routesDiffJson(comparison, warnings) : routesDiffText(comparison, style),
  );
  return options.exitCode === true && !comparison.proven ? 1 : 0;
}

type Side = 'before' | 'after';

/** The controller or Gateway of a side: what was said of it, else what was said of both and it has. */
function choiceOf(side: Side, input: Input, options: DiffOptions): RoutesChoice {
  return { ...namedChoice(side, input, options), assumeGateway: options.assumeGateway };
}

function namedChoice(side: Side, { manifests }: Input, options: DiffOptions): RoutesChoice {
  const [own, gateway] =
    side === 'before' ? [options.beforeClass, options.beforeGateway] : [options.afterClass, options.afterGateway];
  if (own !== undefined || gateway !== undefined) {
    return { class: own, gateway };
  }
  // An assumed Gateway is there as soon as a route names it.
  const stands = options.assumeGateway === true ? ['Gateway', 'HTTPRoute', 'GRPCRoute'] : ['Gateway'];
  const has = (wanted: string) =>
    manifests.some(({ kind }) => (wanted === 'Gateway' ? stands.includes(kind) : kind === wanted));
  if (options.gateway !== undefined && has('Gateway') && !(options.class !== undefined && has('Ingress'))) {
    return { gateway: options.gateway };
  }
  return has('Ingress') && (options.gateway === undefined || !has('Gateway')) ? { class: options.class } : {};
}

/** What is wrong with a choice, by the options of the side. */
function sideLine(side: Side, line: string): string {
  return line.startsWith('--') ? line.replace(/--(?=class|gateway)/g, `--${side}-`) : line;
}
