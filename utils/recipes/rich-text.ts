/** Articles and texts in the markup that some systems want. */

/**
 * An article as Markdown: its own rendering, or its text with everything escaped that Markdown would take for markup. A text
 * is escaped. Inline images are named where they stood. No mail can call people (`@everyone`) or give orders (`/close`).
 */
export function markdown(of: unknown): string | undefined {
  const written = typeof of === 'string' ? escapeMarkdown(of) : isRecord(of) ? rendered(of) : undefined;
  return written?.replace(/(?<![\w.-])@/g, '@\u200b').replace(/^([ \t\u00a0]{0,40})\//gm, '$1\\/');
}

function rendered(of: Record<string, unknown>): string | undefined {
  const own = typeof of.markdown === 'string' ? of.markdown : '';
  if (own.trim() === '') return typeof of.text === 'string' ? escapeMarkdown(of.text) : undefined;
  return own.replace(/!\[([^[\]\n]{0,200})\]\(<?cid:[^()\s]*\)/gi, (_, alt: string) => `\\[image${alt === '' ? '' : `: ${alt}`}\\]`);
}

/** Line ends stay line ends (two spaces), indents stay indents (a tab would make code of the line). */
function escapeMarkdown(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) =>
      line
        .replace(/[\\`*_[\]<>#|~]/g, '\\$&')
        .replace(/^[ \t]{1,40}/, (indent) => '\u00a0'.repeat(indent.length))
        .replace(/^[-+=]/, '\\$&')
        .replace(/^(\d{1,9})([.)])/, '$1\\$2'),
    )
    .join('  \n');
}

interface AdfNode {
  readonly type: string;
  readonly text?: string;
  readonly content?: readonly AdfNode[];
}

/** A text in the Atlassian Document Format: paragraphs at empty lines, breaks at line ends. */
export function adf(text: unknown): (AdfNode & { readonly version: 1 }) | undefined {
  if (typeof text !== 'string') return undefined;
  const paragraphs: AdfNode[][] = [[]];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const open = paragraphs.at(-1) ?? [];
    if (line.trim() === '') {
      if (open.length > 0) paragraphs.push([]);
    } else open.push(...(open.length > 0 ? [{ type: 'hardBreak' }] : []), { type: 'text', text: line });
  }
  return {
    type: 'doc',
    version: 1,
    content: paragraphs.filter(({ length }) => length > 0).map((content) => ({ type: 'paragraph', content })),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
