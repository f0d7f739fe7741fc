/** Makes what is remembered old: what a ticket system told is asked again when it is. */
import type { Page } from 'playwright-core';

/** As if what the desk told of tickets had been told long ago. `page`: any page of the extension. */
export async function forgetAnswers(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open('relais'));
    const store = db.transaction('tickets', 'readwrite').objectStore('tickets');
    for (const one of await done(store.getAll())) await done(store.put({ ...one, askedAt: 0 }));
    db.close();
  });
}
