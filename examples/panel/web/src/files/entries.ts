import type { ArchiveEntry, FileEntry } from '../api/files';

export type SortKey = 'name' | 'size' | 'modified';

export interface Sorting {
  key: SortKey;
  descending: boolean;
}

/** The largest text that the panel gives to be edited. */
export const TEXT_MAX_BYTES = 4 * 1024 * 1024;

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const ARCHIVE = /\.(tar(\.(gz|xz|bz2|zst|lz4))?|tgz|txz|tbz2|zip|7z|rar|jar)$/i;
const TEXT =
  /\.(txt|log|md|json5?|jsonc|ya?ml|toml|ini|cfg|conf|config|properties|xml|html?|css|[cm]?jsx?|tsx?|py|java|kts?|sh|bat|cmd|ps1|lua|sql|csv|tsv|env|secrets?|list|lang|mcmeta|gitignore|mcfunction|sk|rb|php|go|rs|c|cc|cpp|h|hpp|cs|acf|vdf|service)$/i;
const TEXT_TYPE = /^(text\/|inode\/x-empty)|[/+](json|xml|yaml|x-yaml|toml|javascript|x-sh|x-shellscript)\b/;

/** Directories first; what is equal is ordered by name. */
export function sorted(entries: readonly FileEntry[], { key, descending }: Sorting): FileEntry[] {
  const sign = descending ? -1 : 1;
  const byKey = (one: FileEntry, other: FileEntry) => {
    if (key === 'size') return one.sizeBytes - other.sizeBytes;
    return key === 'modified' ? Date.parse(one.modifiedAt) - Date.parse(other.modifiedAt) : 0;
  };
  return [...entries].sort((one, other) => {
    if (one.directory !== other.directory) return one.directory ? -1 : 1;
    return sign * (byKey(one, other) || names.compare(one.name, other.name));
  });
}

/** Those whose names contain a text, in capitals or not. */
export function filtered(entries: readonly FileEntry[], text: string): readonly FileEntry[] {
  const wanted = text.trim().toLowerCase();
  return wanted === '' ? entries : entries.filter(({ name }) => name.toLowerCase().includes(wanted));
}

/** Whether a node can be asked to unpack it. */
export function isArchive({ name, directory }: Pick<FileEntry, 'name' | 'directory'>): boolean {
  return !directory && ARCHIVE.test(name);
}

/** Whether a node that looks into archives can be asked for what is in it. */
export function canLookInto(entry: Pick<FileEntry, 'name' | 'directory'>): boolean {
  return isArchive(entry) && !/\.rar$/i.test(entry.name);
}

/** Whether a file of an archive looks like a text; its name is all that is known of it. */
export function isTextEntry({ name, readable, sizeBytes }: ArchiveEntry): boolean {
  return readable && (sizeBytes ?? 0) <= TEXT_MAX_BYTES && TEXT.test(name);
}

/** Whether it looks like a text that can be edited; the panel has the last word. */
export function isText({ name, directory, mime, sizeBytes }: FileEntry): boolean {
  if (directory || sizeBytes > TEXT_MAX_BYTES) return false;
  return sizeBytes === 0 || TEXT.test(name) || TEXT_TYPE.test(mime);
}

/** Permissions as the nine letters that everybody knows. */
export function modeLetters(octal: string): string {
  const bits = Number.parseInt(octal, 8);
  return Array.from('rwxrwxrwx', (letter, index) => (bits & (1 << (8 - index)) ? letter : '-')).join('');
}

/** Whether a text is three octal digits. */
export function isMode(text: string): boolean {
  return /^[0-7]{3}$/.test(text);
}

/** Whether one of the nine permissions is given; they count from the owner's reading. */
export function hasBit(octal: string, index: number): boolean {
  return (Number.parseInt(octal, 8) & (1 << (8 - index))) !== 0;
}

/** The permissions with one of the nine given or taken. */
export function withBit(octal: string, index: number, given: boolean): string {
  const bits = Number.parseInt(octal, 8) || 0;
  const bit = 1 << (8 - index);
  return (given ? bits | bit : bits & ~bit).toString(8).padStart(3, '0');
}
