/** A click means the thread whose button was clicked: another that the page opened meanwhile is not read in its place. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import browser from 'webextension-polyfill';
import type { ToPage } from '../../../utils/core/captured.ts';
import { findCaptureOf } from '../../../utils/outbox/captures.ts';
import { createCapturing } from '../../../utils/worker/capturing.ts';
import { acceptCapture } from '../../../utils/worker/injecting.ts';
import { eventually } from '../../support/eventually.ts';

const origin = 'https://mail.example.org';
const capturing = createCapturing({ now: () => 1_000, changed: async () => {}, submitted: async () => {}, choose: async () => {} });

/** The page has this thread open by the time the script is in it. */
function pageOpens(threadKey: string): ToPage[] {
  const answers: ToPage[] = [];
  const port = {
    name: 'capture',
    sender: { tab: { id: 1, url: `${origin}/` }, url: `${origin}/`, frameId: 0 },
    disconnect: () => {},
    onDisconnect: { addListener: () => {} },
    onMessage: {
      addListener: (hear: (message: unknown) => void) =>
        queueMicrotask(() => hear({ kind: 'opened', webmail: 'roundcube', threadKey, subject: 'Of whom it is', expected: 1 })),
    },
    postMessage: (answer: ToPage) => answers.push(answer),
  };
  Object.assign(browser, { scripting: { executeScript: vi.fn(async () => void acceptCapture(port as never)) } });
  return answers;
}

beforeEach(() => {
  vi.stubGlobal('navigator', { ...navigator, storage: { estimate: async () => ({}) } });
});

describe('a click on a thread', () => {
  it('reads that thread', async () => {
    const answers = pageOpens('read');
    const id = await capturing.start(1, { send: true, clicked: { origin, threadKey: 'read' } });
    await eventually(() => expect(answers).toContainEqual({ kind: 'go' }));
    expect(await findCaptureOf(origin, 'read')).toMatchObject({ id, status: 'collecting', sendWhenReady: true });
  });

  it('reads no other that was opened meanwhile, and leaves word at the one that was clicked', async () => {
    const answers = pageOpens('other');
    await expect(capturing.start(1, { send: true, clicked: { origin, threadKey: 'missed' } })).rejects.toMatchObject({
      code: 'capture-interrupted',
    });
    expect(answers).not.toContainEqual({ kind: 'go' });
    expect(await findCaptureOf(origin, 'other')).toBeUndefined();
    await eventually(async () =>
      expect(await findCaptureOf(origin, 'missed')).toMatchObject({
        status: 'failed',
        sendWhenReady: false,
        error: { code: 'capture-interrupted' },
      }),
    );
  });

  it('from the toolbar means whatever is open', async () => {
    const answers = pageOpens('other');
    await capturing.start(1, { send: false });
    await eventually(() => expect(answers).toContainEqual({ kind: 'go' }));
  });
});
