/** Which adapters a page is given to be recognised by, with newer selectors from the settings laid over them. */
import type { WebmailPage } from '../core/webmail-page.ts';
import type { Settings } from '../settings/schema.ts';

/**
 * The hosted service at this origin, or the one that the person named for it; else everything that anybody may host.
 * Whose threads they are is not even read where nobody wants to be reminded.
 */
export function pagesFor(
  pages: readonly WebmailPage[],
  origin: string | undefined,
  { webmails, selectors, nudgeFor }: Settings,
): readonly WebmailPage[] {
  const named = webmails.find((webmail) => webmail.origin === origin)?.adapter;
  const own = pages.filter(({ id, origins }) => id === named || (origin !== undefined && origins.includes(origin)));
  const given = own.length > 0 ? own : pages.filter(({ marks }) => marks !== undefined);
  return given.map(({ people, ...page }) =>
    withSelectors({ ...page, ...(people && nudgeFor.length > 0 && { people }) }, selectors[page.id] ?? {}),
  );
}

/** Each selector is tried before the adapter's own; a name that the adapter does not have changes nothing. */
export function withSelectors(page: WebmailPage, { slot, thread, ...newer }: Readonly<Record<string, string>>): WebmailPage {
  const [first] = page.slots;
  const rule = page.thread.find(({ selector }) => selector !== undefined);
  return {
    ...page,
    slots: slot ? [{ where: 'append', ...first, selector: slot, since: 'settings' }, ...page.slots] : page.slots,
    thread: thread && rule ? [{ ...rule, selector: thread }, ...page.thread] : page.thread,
    ...(page.selectors && {
      selectors: Object.fromEntries(
        Object.entries(page.selectors).map(([name, known]) => {
          const css = Object.hasOwn(newer, name) ? newer[name] : undefined;
          return [name, css ? { ...known, css: [css, ...known.css] } : known];
        }),
      ),
    }),
  };
}
