import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '../src');
/** Attributes whose value people read or hear. */
const SPOKEN = new Set(['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'label', 'hint', 'error', 'action', 'suffix']);

interface Syntax {
  type: string;
  [property: string]: unknown;
}

describe('components', () => {
  it('take every text from the catalogue', () => {
    const found = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx'))
      .flatMap((file) => textsIn(readFileSync(join(SOURCE, file), 'utf8')).map((text) => `${file}: ${text}`));
    expect(found).toEqual([]);
  });

  it('are caught when they do not', () => {
    expect(textsIn('<p>Hello</p>')).toEqual(['Hello']);
    expect(textsIn('<input placeholder="Search" className="wide" />')).toEqual(['Search']);
    expect(textsIn('<p>{busy ? "Wait" : t("action.save")}</p>')).toEqual(['Wait']);
    expect(textsIn('<p>{`Hello ${name}`}</p>')).toEqual(['Hello ']);
    expect(textsIn('<p title={t("x")}>{t("y")} · {count}</p>')).toEqual([]);
  });
});

/** The texts in JSX that contain a word and do not come from a call. */
function textsIn(source: string): string[] {
  const texts: string[] = [];
  walk(parseAst(source, { lang: 'tsx' }) as unknown as Syntax, texts);
  return texts.filter((text) => /\p{L}{2}/u.test(text));
}

function walk(node: Syntax, texts: string[]): void {
  if (node.type === 'JSXText') texts.push(String(node['value']).trim());
  if (node.type === 'JSXAttribute') {
    const name = (node['name'] as Syntax)['name'];
    if (typeof name === 'string' && SPOKEN.has(name) && node['value']) literals(node['value'] as Syntax, texts);
  }
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
    for (const child of node['children'] as Syntax[]) {
      if (child.type === 'JSXExpressionContainer') literals(child['expression'] as Syntax, texts);
    }
  }
  for (const child of children(node)) walk(child, texts);
}

/** The literals that an expression may show: not those handed to a call, compared, or inside nested elements. */
function literals(node: Syntax, texts: string[]): void {
  if (node.type === 'Literal' && typeof node['value'] === 'string') texts.push(node['value']);
  if (node.type === 'TemplateElement') texts.push((node['value'] as { raw: string }).raw);
  if (['CallExpression', 'BinaryExpression', 'JSXElement', 'JSXFragment', 'ObjectExpression', 'MemberExpression'].includes(node.type)) return;
  if (node.type === 'ConditionalExpression') {
    literals(node['consequent'] as Syntax, texts);
    literals(node['alternate'] as Syntax, texts);
    return;
  }
  for (const child of children(node)) literals(child, texts);
}

function children(node: Syntax): Syntax[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Syntax => typeof value === 'object' && value !== null && 'type' in value);
}
