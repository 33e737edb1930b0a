import { StreamLanguage, type StreamParser } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

type Loader = () => Promise<Extension>;

const legacy = async (load: () => Promise<StreamParser<unknown>>): Promise<Extension> => StreamLanguage.define(await load());

// Each comes in a file of its own, when the first of its texts is opened.
const javascript: Loader = async () => (await import('@codemirror/lang-javascript')).javascript({ typescript: true, jsx: true });
const properties: Loader = () => legacy(async () => (await import('@codemirror/legacy-modes/mode/properties')).properties);
const shell: Loader = () => legacy(async () => (await import('@codemirror/legacy-modes/mode/shell')).shell);
const yaml: Loader = async () => (await import('@codemirror/lang-yaml')).yaml();

const LOADERS: Record<string, Loader> = {
  json: async () => (await import('@codemirror/lang-json')).json(),
  xml: async () => (await import('@codemirror/lang-xml')).xml(),
  html: async () => (await import('@codemirror/lang-html')).html(),
  css: async () => (await import('@codemirror/lang-css')).css(),
  markdown: async () => (await import('@codemirror/lang-markdown')).markdown(),
  java: async () => (await import('@codemirror/lang-java')).java(),
  python: async () => (await import('@codemirror/lang-python')).python(),
  sql: async () => (await import('@codemirror/lang-sql')).sql(),
  lua: () => legacy(async () => (await import('@codemirror/legacy-modes/mode/lua')).lua),
  toml: () => legacy(async () => (await import('@codemirror/legacy-modes/mode/toml')).toml),
  powershell: () => legacy(async () => (await import('@codemirror/legacy-modes/mode/powershell')).powerShell),
  javascript,
  properties,
  shell,
  yaml,
};

const ENDINGS: Record<string, keyof typeof LOADERS> = {
  json: 'json', jsonc: 'json', json5: 'json', mcmeta: 'json',
  yml: 'yaml', yaml: 'yaml',
  xml: 'xml', svg: 'xml', html: 'html', htm: 'html', css: 'css',
  md: 'markdown', markdown: 'markdown',
  js: 'javascript', mjs: 'javascript', cjs: 'javascript', jsx: 'javascript', ts: 'javascript', tsx: 'javascript',
  java: 'java', kt: 'java', py: 'python', sql: 'sql', lua: 'lua', toml: 'toml', ps1: 'powershell',
  sh: 'shell', bash: 'shell', env: 'shell',
  properties: 'properties', ini: 'properties', cfg: 'properties', conf: 'properties', lang: 'properties',
};

/** What a text is written in, by its name; null if nothing special is known. */
export function languageOf(name: string): string | null {
  return ENDINGS[name.split('.').pop()?.toLowerCase() ?? ''] ?? null;
}

/** Loads the colours of a language. */
export async function loadLanguage(name: string): Promise<Extension> {
  const language = languageOf(name);
  return (language ? await LOADERS[language]?.() : null) ?? [];
}

/** How lines end in a text: all of them in the same way, or else only the bare sign counts, so that nothing is changed unseen. */
export function lineSeparatorOf(text: string): '\n' | '\r\n' {
  let ends = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (text[at - 1] !== '\r') return '\n';
    ends++;
  }
  return ends > 0 ? '\r\n' : '\n';
}
