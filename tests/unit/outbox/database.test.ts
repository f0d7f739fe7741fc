import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { closeDatabase, database, databaseName, databaseVersion } from '../../../utils/outbox/database.ts';

describe('the database after a downgrade', () => {
  it('is refused with a code of its own, untouched, and opens again for the version that wrote it', async () => {
    const newer = await openDB(databaseName, databaseVersion + 1, { upgrade: (db) => void db.createObjectStore('later') });
    await newer.put('later', 'kept', 'key');
    newer.close();
    await expect(database()).rejects.toMatchObject({ code: 'newer-data' });
    await closeDatabase();
    const again = await openDB(databaseName, databaseVersion + 1);
    expect(await again.get('later', 'key')).toBe('kept');
    again.close();
  });
});
