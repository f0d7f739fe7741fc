import { expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { emptySettings } from '../../../utils/settings/schema.ts';
import { registerWebmails } from '../../../utils/worker/webmails.ts';

const later = () => new Promise((resolve) => setTimeout(resolve));

/** As the browser does: later, and not for a script that is not there. */
function fakeScripting(registered: Set<string>): void {
  const unregisterContentScripts = async ({ ids }: { readonly ids: readonly string[] }) => {
    await later();
    for (const id of ids) if (!registered.delete(id)) throw new Error(`Nonexistent script ID '${id}'`);
  };
  const getRegisteredContentScripts = async () => [...registered].map((id) => ({ id }));
  Object.assign(fakeBrowser.scripting, { unregisterContentScripts, getRegisteredContentScripts });
}

it('takes the button away once, however many say at the same time that it must go', async () => {
  const registered = new Set(['webmail']);
  fakeScripting(registered);
  expect(await Promise.all([1, 2, 3].map(() => registerWebmails(emptySettings)))).toEqual([false, false, false]);
  expect([...registered]).toEqual([]);
});
