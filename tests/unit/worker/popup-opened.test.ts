import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { From } from '../../../utils/answering.ts';
import { putCapture } from '../../../utils/outbox/captures.ts';
import { closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { parseSettings, writeSettings } from '../../../utils/settings/storage.ts';
import type { Capturing } from '../../../utils/worker/capturing.ts';
import { popupAnswers } from '../../../utils/worker/popup-answers.ts';
import { rememberTab } from '../../../utils/worker/tabs.ts';
import { webmailAnswers } from '../../../utils/worker/webmail-answers.ts';
import { captureOf } from '../../support/records.ts';

const { origin } = captureOf('');
/** A click on the first thread, a second ago. */
const clickedAt = 1_000;
let read: number[];
let tabId: number;

const context = {
  now: () => clickedAt + 1_000,
  capturing: {
    start: async (tab: number) => {
      read.push(tab);
      return 'new';
    },
  } as unknown as Capturing,
  captureChanged: async () => {},
  lookAtOutbox: async () => {},
  tickets: { refresh: async () => false },
};
const opened = async (captures = true) => (await popupAnswers(context)['popup.opened']({ tabId, captures }, {} as From)).capture?.id;
const pageOpens = (threadKey: string) =>
  webmailAnswers(context)['thread.opened']({ webmail: 'roundcube', threadKey }, {
    webmail: { origin, url: `${origin}/`, tabId, frameId: 0 },
  } as From);

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(databaseName).onsuccess = resolve;
  });
  fakeBrowser.reset();
  read = [];
  tabId = (await fakeBrowser.tabs.create({ url: `${origin}/?_uid=1` })).id ?? -1;
  await writeSettings(parseSettings({ version: 1, webmails: [{ origin }] }));
  for (const id of ['clicked', 'new']) await putCapture({ ...captureOf(id), threadKey: id, createdAt: clickedAt });
  await rememberTab(tabId, { captureId: 'clicked', origin, threadKey: 'clicked' });
});

describe('a popup that is opened right after a click', () => {
  it('shows what that click captured', async () => {
    expect(await opened()).toBe('clicked');
    expect(read).toEqual([]);
  });

  it('reads the thread that the page has opened since', async () => {
    await pageOpens('other');
    expect(await opened()).toBe('new');
    expect(read).toEqual([tabId]);
  });

  it('reads the page anew where the tab has gone to another address since', async () => {
    await fakeBrowser.tabs.update(tabId, { url: `${origin}/?_uid=2` });
    expect(await opened()).toBe('new');
  });

  it('beside the page shows what was captured of the tab, and reads nothing by itself', async () => {
    expect(await opened(false)).toBe('clicked');
    await pageOpens('other');
    expect(await opened(false)).toBeUndefined();
    expect(read).toEqual([]);
  });

  it('shows what the click captured when the page only says again which thread it shows', async () => {
    await pageOpens('clicked');
    expect(await opened()).toBe('clicked');
  });
});
