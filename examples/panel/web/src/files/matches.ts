import type { ContentMatch } from '../api/files';

/** Lines of one file. */
export interface FileMatches {
  path: string;
  matches: ContentMatch[];
}

/** Puts the lines of each file together, in the order in which they came. */
export function byFile(matches: readonly ContentMatch[]): FileMatches[] {
  const files = new Map<string, ContentMatch[]>();
  for (const match of matches) {
    const known = files.get(match.path);
    if (known) known.push(match);
    else files.set(match.path, [match]);
  }
  return Array.from(files, ([path, lines]) => ({ path, matches: lines }));
}

/** Takes a line apart: every second piece is the text that was looked for. Only the case of the letters A to Z may not matter, as for nodes. */
export function pieces(line: string, wanted: string, matchCase: boolean): string[] {
  const [text, needle] = matchCase ? [line, wanted] : [folded(line), folded(wanted)];
  const found: string[] = [];
  let from = 0;
  for (let at = text.indexOf(needle); needle !== '' && at >= 0; at = text.indexOf(needle, from)) {
    found.push(line.slice(from, at), line.slice(at, at + needle.length));
    from = at + needle.length;
  }
  return [...found, line.slice(from)];
}

function folded(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
