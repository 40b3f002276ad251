/** A file that somebody opened. */
export interface OpenedFile {
  readonly name: string;
  readonly file: Blob;
}

/** Files as one text, and those that are left out with the reason. */
export interface Opened {
  readonly text: string;
  readonly names: readonly string[];
  readonly refused: readonly string[];
}

const MANIFEST_FILE = /\.(ya?ml|json)$/i;

/** So many characters are opened: no editor shows more, and no reader reads it. */
const LONGEST = 5_000_000;

/** Reads files, and puts them one behind the other, each below its name. */
export async function opened(files: readonly OpenedFile[]): Promise<Opened> {
  const refused: string[] = [];
  const names: string[] = [];
  const texts: string[] = [];
  let length = 0;
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, file } of sorted) {
    if (!MANIFEST_FILE.test(name)) {
      refused.push(`${name} is neither .yaml, .yml nor .json`);
      continue;
    }
    if (length + file.size > LONGEST) {
      refused.push(`${name} is left out: together they have more than 5 MB`);
      continue;
    }
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
      length += text.length;
      names.push(name);
      texts.push(files.length === 1 ? text : `# ${name.replace(/[^\x20-\x7e]/g, '?')}\n${withoutEdges(text)}`);
    } catch {
      refused.push(`${name} is no text in UTF-8`);
    }
  }
  return { text: texts.join('---\n'), names, refused };
}

/** A text that may stand between others: no document of it is empty, and it ends with a line. */
function withoutEdges(text: string): string {
  return `${text.replace(/^\uFEFF?---[ \t]*\r?\n/, '').replace(/(\n---[ \t]*)?\s*$/, '')}\n`;
}

/** The files that somebody dropped, those of folders too. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly OpenedFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) {
    return [...transfer.files].map((file) => ({ name: file.name, file }));
  }
  const isFolder = entries.some((entry) => entry.isDirectory);
  const files = (await Promise.all(entries.map((entry) => filesOf(entry)))).flat();
  // Of a folder nobody means the pictures in it.
  return isFolder ? files.filter(({ name }) => MANIFEST_FILE.test(name)) : files;
}

async function filesOf(entry: FileSystemEntry): Promise<readonly OpenedFile[]> {
  const name = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ name, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const children: FileSystemEntry[] = [];
  // A reader gives a hundred at a time, and none when it is done.
  for (let more = true; more; ) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    children.push(...some);
    more = some.length > 0;
  }
  const hidden = /^(\.|node_modules$)/;
  return (await Promise.all(children.filter((child) => !hidden.test(child.name)).map(filesOf))).flat();
}

/** The files that somebody chose. */
export function chosenFiles(input: HTMLInputElement): readonly OpenedFile[] {
  const all = [...(input.files ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file }));
  return input.webkitdirectory ? all.filter(({ name }) => MANIFEST_FILE.test(name)) : all;
}
