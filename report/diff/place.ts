/** A place in a file, e.g. `shop.yaml:12`. */
export function placeText({ file, line }: { readonly file: string; readonly line: number }): string {
  return line > 0 ? `${file}:${line}` : file;
}
