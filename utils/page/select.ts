/** Finding things in a page by the names in an adapter's table of selectors. */
import type { Alternatives } from '../core/webmail-page.ts';

/** What knows the table: a reader's context. */
interface Table {
  readonly document: Document;
  readonly page: { readonly selectors?: Readonly<Record<string, Alternatives>> };
}

/** Every match of the newest alternative that matches anything; empty where none does. */
export function all(table: Table, name: string, root: ParentNode = table.document): Element[] {
  for (const css of table.page.selectors?.[name]?.css ?? []) {
    const found = matches(root, css);
    if (found.length > 0) return found;
  }
  return [];
}

/** The first match of the newest alternative that matches anything. */
export function first(table: Table, name: string, root: ParentNode = table.document): Element | undefined {
  return all(table, name, root)[0];
}

/** The view that is seen, by the name `view`: those that were open before may stay in the page, hidden. Else the document. */
export function viewOf(table: Table): ParentNode {
  return all(table, 'view').find((view) => view.checkVisibility?.() ?? true) ?? table.document;
}

/** Matches of one selector. They may come from settings: one that no browser understands matches nothing. */
export function matches(root: ParentNode, css: string): Element[] {
  try {
    return [...root.querySelectorAll(css)];
  } catch {
    return [];
  }
}
