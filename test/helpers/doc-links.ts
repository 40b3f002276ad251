import * as fs from 'node:fs';
import * as path from 'node:path';

/** What in a page is read as text: without fenced blocks and code. */
function prose(page: string): string {
  return page.replace(/^ *```.*?^ *```$/gms, '').replace(/`[^`\n]*`/g, 'code');
}

/** The links and pictures of a page that lead to another file or heading of the project. */
export function linksOf(page: string): readonly string[] {
  const inline = [...prose(page).matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const named = [...prose(page).matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)];
  const html = [...prose(page).matchAll(/\b(?:href|src)="([^"]+)"/g)];
  return [...inline, ...named, ...html]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z][a-z0-9+.-]*:/i.test(link));
}

/** The anchors of the headings of a page, as GitHub makes them. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of page.replace(/^ *```.*?^ *```$/gms, '').matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = text.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-');
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count++) {
      unique = `${anchor}-${count}`;
    }
    anchors.add(unique);
  }
  return anchors;
}

/** What is wrong with a link of a page; undefined when it leads somewhere. */
export function brokenLink(root: string, file: string, link: string): string | undefined {
  const [to = '', anchor] = link.split('#', 2).map(decodeURIComponent);
  const target = to === '' ? path.join(root, file) : path.join(root, path.dirname(file), to);
  if (path.relative(root, target).startsWith('..') || !fs.existsSync(target)) {
    return `${file}: ${link} leads to no file`;
  }
  const found = anchor === undefined || anchorsOf(fs.readFileSync(target, 'utf8')).has(anchor);
  return found ? undefined : `${file}: ${link} leads to no heading`;
}
