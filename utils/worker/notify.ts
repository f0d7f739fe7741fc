/** Says once by a notification of the computer that a person must act, where they want that and the browser lets us. */
import { browser } from '../browser.ts';
import type { Delivery } from '../core/delivery.ts';
import type { Handover } from '../core/handover.ts';
import { t } from '../i18n.ts';
import { findPause } from '../outbox/deliveries.ts';
import { privateDatabase } from '../settings/database.ts';
import type { Settings } from '../settings/schema.ts';
import { readSettings } from '../settings/storage.ts';

const key = 'notified';
/** Told ones that are remembered: the oldest are long settled. */
const most = 500;

interface Need {
  /** Names what happened: told once. */
  readonly id: string;
  readonly title: string;
  readonly message: string;
}

/** After every change of a delivery. */
export async function notifyOf(delivery: Delivery): Promise<void> {
  const { status } = delivery.state;
  if (status === 'stopped' || status === 'waiting' || status === 'unsure') await tell((settings) => needOf(delivery, settings));
}

/** Of one that waits for its person. */
export async function notifyHandover({ id }: Handover): Promise<void> {
  await tell(async () => ({ id, title: t('notifyStopped'), message: t('handoverTitle') }));
}

async function tell(find: (settings: Settings) => Promise<Need | undefined>): Promise<void> {
  if (browser.notifications === undefined) return;
  const settings = await readSettings();
  const need = settings.notify ? await find(settings) : undefined;
  if (!need || !(await isFirst(need.id))) return;
  const { id, ...words } = need;
  await browser.notifications.create(id, { type: 'basic', iconUrl: browser.runtime.getURL('/icons/128.png'), ...words });
}

/** A thread that a person stopped to change is no news; an endpoint that comes back by itself neither. */
async function needOf(
  { id, state, error, endpointId, title, attempts }: Delivery,
  { endpoints }: Pick<Settings, 'endpoints'>,
): Promise<Need | undefined> {
  if (state.status === 'stopped') return error && { id: `${id} ${attempts} ${error.code}`, title: t('notifyStopped'), message: title };
  const pause = await findPause(endpointId);
  if (!pause || pause.retryAt !== undefined) return undefined;
  const name = endpoints.find((endpoint) => endpoint.id === endpointId)?.name ?? endpointId;
  return {
    id: `${endpointId} ${pause.since}`,
    title: t('notifyPaused', name),
    message: t('notifyPausedWhy'),
  };
}

/** One after the other: of a burst that stops for one reason, one tells. */
let telling: Promise<unknown> = Promise.resolve();

function isFirst(id: string): Promise<boolean> {
  const told = telling.then(async () => {
    const tx = (await privateDatabase()).transaction('documents', 'readwrite', { durability: 'relaxed' });
    const before = ((await tx.store.get(key)) ?? []) as readonly string[];
    const isNew = !before.includes(id);
    await Promise.all([isNew && tx.store.put([id, ...before].slice(0, most), key), tx.done]);
    return isNew;
  });
  telling = told.catch(() => undefined);
  return told;
}

/** A click opens the Outbox. Call while the worker starts, and again when the browser lets us notify. */
export function listenToNotifications(): void {
  browser.notifications?.onClicked.addListener(openOutbox);
}

function openOutbox(id: string): void {
  void browser.notifications.clear(id);
  void browser.tabs.create({ url: browser.runtime.getURL('/popup.html?tab=outbox') });
}
