import type { Path } from '../manifest';
import type { Remark } from './migration';
import type { SourceIngress } from './source';

/** Where an Ingress stands. */
export function placeOf({ ingress: { key, manifest } }: SourceIngress): Omit<Remark, 'message'> {
  const { file, line } = manifest.source;
  return { ingress: key, file, line };
}

/** Something about a field of an Ingress. */
export function remarkOf({ ingress }: SourceIngress, at: Path, message: string): Remark {
  const { source } = ingress.manifest;
  return { ingress: ingress.key, file: source.file, line: source.lineOf(at), message };
}

/** As much of a value as a line has room for. */
export function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
