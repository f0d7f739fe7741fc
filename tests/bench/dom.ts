/** A document for Node, as the preparing document has one. To be imported before anything of `utils/mail`. */
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('');
for (const name of ['window', 'document', 'DOMParser', 'Node', 'Element', 'HTMLElement'] as const)
  Object.defineProperty(globalThis, name, { value: window[name as keyof typeof window], configurable: true });
