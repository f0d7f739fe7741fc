/** Injected when its person wants to report a problem: gives the page's skeleton back, and shows and sends nothing. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { askThrough, type Runtime } from '../utils/messaging.ts';
import { skeletonOf } from '../utils/page/skeleton.ts';

export default defineUnlistedScript(async () => {
  const { runtime } = (Reflect.get(globalThis, 'browser') ?? Reflect.get(globalThis, 'chrome')) as { runtime: Runtime };
  const pages = await askThrough(runtime, 'page.loaded', {});
  const selectors = pages.flatMap((page) => [
    ...page.slots.map(({ selector }) => selector),
    ...Object.values(page.selectors ?? {}).flatMap(({ css }) => css),
  ]);
  return skeletonOf(document, selectors);
});
