/**
 * Injected when its person wants the address of a queue in the mail that they are writing. Gives back whether it stands
 * there now. The address lies in our own world, where the page sees nothing of it.
 */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { askThrough, type Runtime } from '../utils/messaging.ts';
import { addAddress, findField } from '../utils/page/reply.ts';
import { findPage } from '../utils/webmail/find.ts';

export default defineUnlistedScript(async () => {
  const { runtime } = (Reflect.get(globalThis, 'browser') ?? Reflect.get(globalThis, 'chrome')) as { runtime: Runtime };
  const address: unknown = Reflect.get(globalThis, Symbol.for('relais.address'));
  if (typeof address !== 'string') return false;
  // In a frame, and on pages that no adapter knows, the field that the person stands in counts.
  const pages = await askThrough(runtime, 'page.loaded', {}).catch(() => []);
  const field = findField(findPage(pages, document, new URL(document.URL)), document);
  return field !== undefined && addAddress(field, address);
});
