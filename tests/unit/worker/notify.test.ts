import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import browser from 'webextension-polyfill';
import type { Delivery } from '../../../utils/core/delivery.ts';
import { putPause, removePause } from '../../../utils/outbox/deliveries.ts';
import { clearPrivate } from '../../../utils/settings/database.ts';
import { emptySettings } from '../../../utils/settings/schema.ts';
import { writeSettings } from '../../../utils/settings/storage.ts';
import { listenToNotifications, notifyHandover, notifyOf } from '../../../utils/worker/notify.ts';
import { eventually } from '../../support/eventually.ts';
import { deliveryOf } from '../../support/records.ts';

const create = vi.fn(async (id: string, _words: { title: string; message: string }) => id);
const clear = vi.fn(async () => true);
const listeners: ((id: string) => void)[] = [];
const notifications = { create, clear, onClicked: { addListener: (listener: (id: string) => void) => listeners.push(listener) } };
const error = { code: 'rejected', message: '', details: {} } as const;
const stopped = (id: string, more: Partial<Delivery> = {}) =>
  deliveryOf(id, { state: { status: 'stopped' }, error, attempts: 1, title: 'Devis', ...more });

async function allow(isOn: boolean, isAllowed = true): Promise<void> {
  Object.assign(browser, { notifications: isAllowed ? notifications : undefined });
  await writeSettings({ ...emptySettings, notify: isOn });
}

describe('a notification', () => {
  beforeEach(async () => {
    create.mockClear();
    await clearPrivate();
    await allow(true);
  });

  it('tells once that a delivery has stopped, and again only after it was tried again', async () => {
    await notifyOf(stopped('d1'));
    await Promise.all([notifyOf(stopped('d1')), notifyOf(stopped('d1'))]);
    expect(create).toHaveBeenCalledTimes(1);
    expect(create.mock.calls[0]?.[1]).toMatchObject({ message: 'Devis' });
    await notifyOf(stopped('d1', { attempts: 2 }));
    expect(create).toHaveBeenCalledTimes(2);
  });

  it('says nothing of what goes on by itself, was delivered, or was taken back to be changed', async () => {
    await notifyOf(deliveryOf('d2', { state: { status: 'waiting', dueAt: 1 }, error }));
    await notifyOf(deliveryOf('d2', { state: { status: 'held', dueAt: 1 } }));
    const { error: _, ...edited } = stopped('d2');
    await notifyOf(edited);
    await putPause({ endpointId: 'rt', since: 1, error: { ...error, code: 'offline' }, retryAt: 99, tries: 1 });
    await notifyOf(deliveryOf('d2', { endpointId: 'rt', state: { status: 'waiting', dueAt: 1 }, error }));
    expect(create).not.toHaveBeenCalled();
    await removePause('rt');
  });

  it('tells once of an endpoint that needs its person, however many wait for it', async () => {
    await putPause({ endpointId: 'rt', since: 1, error: { ...error, code: 'unauthorised' }, tries: 1 });
    for (const id of ['d3', 'd4', 'd5'])
      await notifyOf(deliveryOf(id, { endpointId: 'rt', state: { status: 'waiting', dueAt: 1 }, error }));
    expect(create).toHaveBeenCalledTimes(1);
    await removePause('rt');
  });

  it('tells once of a handover that waits for its person', async () => {
    const handover = { version: 1, id: 'h1', createdAt: 1, origin: 'https://mail.example.org', tabId: 1, edits: {}, threads: [] } as const;
    await notifyHandover(handover);
    await notifyHandover(handover);
    expect(create).toHaveBeenCalledTimes(1);
    expect(create.mock.calls[0]?.[1]).toHaveProperty('message');
  });

  it('is off at first, and where the browser was not asked', async () => {
    expect(emptySettings.notify).toBe(false);
    await allow(false);
    await notifyOf(stopped('d6'));
    await allow(true, false);
    await notifyOf(stopped('d6'));
    expect(create).not.toHaveBeenCalled();
  });

  it('leads to the Outbox', async () => {
    const opened = vi.spyOn(browser.tabs, 'create');
    listenToNotifications();
    for (const listener of listeners) listener('x');
    await eventually(() => expect(opened).toHaveBeenCalled());
    expect(opened.mock.calls[0]?.[0].url).toContain('/popup.html?tab=outbox');
    expect(clear).toHaveBeenCalledWith('x');
  });
});
