/** A long thread that its person does not want any more while it is read: nothing of it is kept, and that is said. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bigThread } from '../bench/big-thread.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';

const mails = bigThread({ messages: 30, megabytes: 1 });
/** Sources that the webmail hands out before it hesitates. */
const freely = 8;

let rig: Rig;
let goOn: () => void;

beforeAll(async () => {
  rig = await startRig({ mails, settings: { undoSeconds: 0 } });
});
afterAll(() => rig.close());

beforeEach(async () => {
  const gate = Promise.withResolvers<void>();
  goOn = gate.resolve;
  let asked = 0;
  await rig.page.unroute('**/raw/*');
  await rig.page.route('**/raw/*', async (route) => {
    asked += 1;
    if (asked > freely) await gate.promise;
    await route.continue().catch(() => undefined); // its capture was stopped
  });
  await rig.openThread('Big thread');
});

const sources = () => rig.webmail.seen.filter(({ path }) => path.startsWith('/raw/')).length;
const frames = () => rig.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 200))));

/** What is stored of captures, in both homes. */
async function kept(): Promise<Readonly<Record<string, number>>> {
  const page = await rig.session.open('popup.html?capture=none');
  const counts = await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const buckets = Reflect.get(navigator, 'storageBuckets') as { open(name: string): Promise<{ readonly indexedDB: IDBFactory }> };
    const bucket = await buckets.open('relais-journal');
    const found: Record<string, number> = {};
    for (const [factory, name] of [[indexedDB, 'relais'] as const, [bucket.indexedDB, 'relais-journal'] as const]) {
      const db = await done(factory.open(name));
      for (const store of db.objectStoreNames)
        if (/captur|blob|piece/.test(store)) found[`${name}/${store}`] = await done(db.transaction(store).objectStore(store).count());
      db.close();
    }
    return found;
  });
  await page.close();
  return counts;
}

async function expectNothingKept(): Promise<void> {
  expect(await ask(rig.session, 'outbox.opened', {})).toMatchObject({ rows: [] });
  const counts = await kept();
  expect(Object.keys(counts).length).toBeGreaterThan(3);
  expect(Object.values(counts).every((count) => count === 0)).toBe(true);
  const before = sources();
  goOn();
  await frames();
  expect(sources()).toBe(before);
  expect(rig.desk.store.tickets).toEqual([]);
}

describe('a long thread', () => {
  it('says at the button how far it is, and is stopped there', async () => {
    await rig.button().click();
    await rig.button(/^Collecting [3-8] of 30/).waitFor();
    const stop = rig.button('Stop collecting');
    await rig.page.bringToFront();
    await stop.click();
    await rig.page.locator('relais-button').getByRole('status').getByText('Stopped. Nothing was kept or sent.').waitFor();
    await rig.button().waitFor();
    await expectNothingKept();
  });

  it('says in the popup how far it is, and is forgotten there', async () => {
    const popup = await rig.openPopup();
    await popup.waitFor(`/Collecting the messages: [3-8] of 30/.test(document.body.innerText)`);
    expect(await popup.evaluate(`document.querySelector('progress').value / document.querySelector('progress').max`)).toBeLessThan(0.3);
    await popup.evaluate(`document.querySelector('.panel-foot button').click()`);
    await popup.waitFor(`document.querySelector('.panel-foot .confirm')?.innerText.includes('Forget what was collected and typed?')`);
    await popup.evaluate(`document.querySelector('.panel-foot .danger').click()`);
    await popup.waitFor(`!document.querySelector('progress')`);
    await popup.close();
    await rig.button().waitFor();
    await expectNothingKept();
  });

  it('keeps what was typed about it when it is stopped at the button', async () => {
    const popup = await rig.openPopup();
    await popup.waitFor(`document.querySelector('textarea')`);
    await popup.evaluate(`document.querySelector('textarea').focus()`);
    await popup.type('Call back before noon');
    const draft = async () =>
      ((await ask(rig.session, 'outbox.opened', {})) as { rows: readonly { id: string; status: string }[] }).rows[0];
    await popup.close();
    await rig.button('Stop collecting').click();
    await until('the row says that it was stopped', async () => (await draft())?.status === 'stopped');
    goOn();
    const again = await rig.openPopup();
    await again.waitFor(`document.querySelector('textarea')?.value === 'Call back before noon'`);
    await again.waitFor(`document.querySelectorAll('input[type=checkbox]').length >= 30`, 30_000);
    await again.close();
  });

  it('is sent whole by the next click', async () => {
    goOn();
    await rig.button().click();
    const ticket = await rig.desk.store.first(30_000);
    expect(ticket.articles.filter(({ internal }) => !internal)).toHaveLength(30);
  });
});
