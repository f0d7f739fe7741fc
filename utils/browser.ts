/** The browser's extension API, promises everywhere: for the worker and our own pages only, never for webmail pages. */
import polyfill from 'webextension-polyfill';

export const browser = polyfill;
export type { Runtime, Tabs } from 'webextension-polyfill';
