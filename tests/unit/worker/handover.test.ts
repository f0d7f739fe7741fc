/** A handover that can't go on tells its person: on the badge, in the popup's counts, by a notification; and no more once it goes on. */
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import browser from 'webextension-polyfill';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { From } from '../../../utils/answering.ts';
import { type ErrorCode, RelaisError } from '../../../utils/core/errors.ts';
import type { Handover } from '../../../utils/core/handover.ts';
import { putCapture, removeCapture } from '../../../utils/outbox/captures.ts';
import { clearDatabase } from '../../../utils/outbox/database.ts';
import { clearPrivate } from '../../../utils/settings/database.ts';
import { outboxCounts, showBadge } from '../../../utils/worker/badge.ts';
import { createHandover, type HandoverRunner } from '../../../utils/worker/handover.ts';
import { handoverAnswers } from '../../../utils/worker/handover-answers.ts';
import { captureOf } from '../../support/records.ts';

const { origin } = captureOf('');
const setBadgeText = vi.fn(async (_: { readonly text: string }) => {});
const read = vi.fn<(tabId: number) => Promise<void>>();
const needed = vi.fn(async (_: Handover) => {});
let runner: HandoverRunner;
let answers: ReturnType<typeof handoverAnswers>;
const from = {} as From;
const shown = () => setBadgeText.mock.lastCall?.[0].text;
const refusing = (code: ErrorCode) => async () => {
  throw new RelaisError(code, 'No');
};

beforeEach(async () => {
  fakeBrowser.reset();
  Object.assign(browser, { action: { setBadgeText, setBadgeBackgroundColor: async () => {} } });
  await Promise.all([clearDatabase(), clearPrivate()]);
  for (const mock of [read, needed, setBadgeText]) mock.mockReset();
  const nothing = async () => {};
  const now = () => 1;
  runner = createHandover({ now, capturing: { read }, changed: nothing, lookAtOutbox: nothing, told: showBadge, needed });
  answers = handoverAnswers({ now, go: () => runner.go(), told: showBadge });
  vi.spyOn(browser.tabs, 'query').mockResolvedValue([{ id: 1, url: `${origin}/` }] as never);
});

async function start(): Promise<void> {
  const threads = ['a', 'b'].map((id) => ({ message: { id, at: {} }, subject: id }));
  await answers['handover.started']({ id: 'h', tabId: 1, origin, edits: {}, threads }, from);
  await runner.go();
}

it.each<ErrorCode>(['webmail-closed', 'webmail-signed-out', 'no-endpoint', 'storage-full'])(
  'halts for what concerns every thread, and calls its person: %s',
  async (code) => {
    read.mockImplementation(refusing(code));
    await start();
    expect(read).toHaveBeenCalledTimes(1);
    expect(shown()).toBe('!');
    expect(await outboxCounts()).toEqual({ waiting: 0, attention: 1, handover: true });
    expect(needed.mock.calls.map(([{ id }]) => id)).toContain('h');
  },
);

it('goes on past a thread that can not be read, and calls its person at the end', async () => {
  read.mockImplementation(refusing('no-thread'));
  await start();
  expect(read).toHaveBeenCalledTimes(2);
  expect(shown()).toBe('!');
  expect(needed).toHaveBeenCalled();
});

it.each<ErrorCode>(['no-thread', 'webmail-signed-out'])('counts a thread that stands in the outbox once: %s', async (code) => {
  read.mockImplementation(async () => {
    await putCapture({ ...captureOf('h-0'), status: 'failed' });
    return refusing(code)();
  });
  await start();
  expect(shown()).toBe('!');
  expect(await outboxCounts()).toEqual({ waiting: 0, attention: 1, handover: true });
  await removeCapture('h-0');
  await showBadge();
  expect(await outboxCounts()).toEqual({ waiting: 0, attention: 1, handover: true });
});

it('calls nobody while it runs, nor for what its person cancelled', async () => {
  read.mockImplementation(async () => {
    await showBadge(); // while the first of two is read
    expect(shown()).toBe('');
    await answers['handover.cancelled']({}, from);
    throw new RelaisError('webmail-closed', 'No');
  });
  await start();
  expect(read).toHaveBeenCalledTimes(1);
  expect(shown()).toBe('');
  expect(needed).not.toHaveBeenCalled();
});

it('calls nobody any more once its person has sent it away', async () => {
  read.mockImplementation(refusing('webmail-closed'));
  await start();
  expect(shown()).toBe('!');
  await answers['handover.closed']({}, from);
  expect(shown()).toBe('');
  expect(await outboxCounts()).toEqual({ waiting: 0, attention: 0 });
});
