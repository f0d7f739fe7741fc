/** The engine's way to the world in the worker: HTTP with permissions and ledger, stored files, the clock. */
import { createHttp } from '../http.ts';
import { openBlobs } from '../outbox/blobs.ts';
import type { EngineContext } from '../recipes/interface.ts';
import { hasPermission } from '../settings/permissions.ts';
import { freshConnections } from './fresh-connections.ts';
import { rewriteHeaders } from './header-rules.ts';
import { record } from './ledger-store.ts';

const http = createHttp({
  hasPermission: async (origin) => {
    await freshConnections();
    return hasPermission(origin);
  },
  record,
});

export function engineContext(): EngineContext {
  return {
    http,
    readBlob: async (key) => (await openBlobs()).read(key),
    now: Date.now,
    rewriteHeaders,
  };
}
