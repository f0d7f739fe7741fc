import type { WebmailPage, WebmailReader } from '../webmail/adapter.ts';
import { readSelection } from './selection.ts';

/** The last rung: a page that no adapter knows, with words marked in it. One message, as the person sees it. */
export const selectionReader: WebmailReader = {
  async open({ document, url }) {
    if (!readSelection(document)) return undefined;
    return { key: url.href, subject: document.title.trim(), messages: [{ id: url.href.slice(0, 2000), at: {} }], gaps: [] };
  },
  async read({ document }) {
    const page = readSelection(document);
    return page && { ...page, source: 'selection' };
  },
};

/** Stands for the adapter where no webmail is recognised. */
export const unknownPage: WebmailPage = { id: 'selection', name: '', origins: [], slots: [], thread: [] };
