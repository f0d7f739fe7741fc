/** What the extension has stored, reached past it: functions that run in any page of ours, in either browser. */

/** As if what the desk told of tickets had been told long ago. */
export async function age(): Promise<void> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const db = await done(indexedDB.open('relais'));
  const store = db.transaction('tickets', 'readwrite').objectStore('tickets');
  for (const one of await done(store.getAll())) await done(store.put({ ...one, askedAt: 0 }));
  db.close();
}

/** Plays a newer version that has already been here. */
export function raised(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('relais', 2);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
}

/** Version of the database, and how much waits in it. */
export function kept(): Promise<{ version: number; deliveries: number; drafts: number }> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('relais');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      const tx = db.transaction(['deliveries', 'drafts']);
      const [deliveries, drafts] = [tx.objectStore('deliveries').count(), tx.objectStore('drafts').count()];
      tx.oncomplete = () => {
        resolve({ version: db.version, deliveries: deliveries.result, drafts: drafts.result });
        db.close();
      };
    };
  });
}
