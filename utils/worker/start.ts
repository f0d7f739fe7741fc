/** Wires the worker: every listener is there before anything is awaited, start-up work follows. */
import { answer } from '../answering.ts';
import { browser } from '../browser.ts';
import type { Delivery } from '../core/delivery.ts';
import { RelaisError } from '../core/errors.ts';
import type { TicketDraft } from '../core/ticket.ts';
import { createCourier } from '../outbox/courier.ts';
import { findPause, putPause } from '../outbox/deliveries.ts';
import { recover } from '../outbox/recover.ts';
import { bumpRevision } from '../outbox/revision.ts';
import { outboxAlarm, wakeAt } from '../outbox/schedule.ts';
import { engine } from '../recipes/engine.ts';
import { firstUnsafeStep } from '../recipes/first-step.ts';
import type { Settings } from '../settings/schema.ts';
import { closeStorage, readSettings } from '../settings/storage.ts';
import { announce } from './announce.ts';
import { showBadge } from './badge.ts';
import { createCapturing } from './capturing.ts';
import { findConnection, recipeOf } from './connection.ts';
import { engineContext } from './engine-context.ts';
import { createHandover, handoverAlarm } from './handover.ts';
import { handoverAnswers } from './handover-answers.ts';
import { acceptCapture } from './injecting.ts';
import { listenToMenus, makeMenus } from './menus.ts';
import { listenToNotifications, notifyHandover, notifyOf } from './notify.ts';
import { outboxAnswers } from './outbox-answers.ts';
import { passphraseAnswers } from './passphrase-answers.ts';
import { popupAnswers } from './popup-answers.ts';
import { acceptPrepare } from './prepare.ts';
import { privacyAnswers } from './privacy-answers.ts';
import { endPauses, policyChanged, settingsAnswers } from './settings-answers.ts';
import { settle, settleLeft } from './settle.ts';
import { forgetTab } from './tabs.ts';
import { createTickets } from './tickets.ts';
import { captureAndChoose, openPopup, webmailAnswers } from './webmail-answers.ts';
import { webmailCare } from './webmail-care.ts';
import { injectIntoOpenTabs, registerWebmails } from './webmails.ts';

export function startWorker(): void {
  const now = Date.now;

  const courier = createCourier({
    ...engineContext(),
    engine,
    connection: findConnection,
    random: Math.random,
    holder: crypto.randomUUID(),
    changed: deliveryChanged,
    wakeAt,
  });
  /** Never before what a crash left is merged: see `begin`. */
  const lookAtOutbox = () => begun.then(() => courier.look()).catch((error: unknown) => console.error('outbox', error));

  const capturing = createCapturing({
    now,
    changed: announce,
    submitted: async () => void lookAtOutbox(),
    choose: (capture) => openPopup(capture.id),
  });

  /** Of no capture and no delivery: the badge and every page all the same. */
  const handoverTold = () => announce(handoverAlarm);
  const handover = createHandover({
    now,
    capturing,
    changed: announce,
    lookAtOutbox,
    told: handoverTold,
    needed: notifyHandover,
  });
  /** After what the last worker left half read is settled. */
  const handOver = () => begun.then(() => handover.go()).catch((error: unknown) => console.error('handover', error));

  const tickets = createTickets({
    now,
    isOnline: () => navigator.onLine,
    async read(endpointId, ticketId) {
      const connection = await findConnection(endpointId);
      if (!connection) throw new RelaisError('no-endpoint', 'This ticket system was removed');
      return engine.read(connection, ticketId, engineContext());
    },
  });

  /** Links first, so that whoever is told finds them. The courier goes on while everybody is told. */
  async function deliveryChanged(delivery: Delivery): Promise<void> {
    if (delivery.state.status === 'delivered') await settle(delivery, delivery.state.receipt);
    const theirs = delivery.error?.code === 'already-in-tickets' && delivery.error.details.ticketId;
    // How it stands helps the person to decide what becomes of the thread.
    if (typeof theirs === 'string')
      void tickets.refresh([[delivery.endpointId, theirs]]).then((isNews) => (isNews ? announce(delivery.id) : undefined));
    await announce(delivery.id);
    void notifyOf(delivery).catch((error: unknown) => console.error('notify', error));
  }

  async function settingsChanged(settings: Settings): Promise<void> {
    await makeMenus(settings);
    await registerWebmails(settings);
    await injectIntoOpenTabs(settings);
    await lookAgain();
  }

  async function lookAgain(): Promise<void> {
    await Promise.all([bumpRevision(), showBadge()]);
    void lookAtOutbox();
  }

  async function wiped(): Promise<void> {
    await settingsChanged(await readSettings());
  }

  answer({
    ...webmailAnswers({ now, capturing, captureChanged: announce, lookAtOutbox, tickets }),
    ...popupAnswers({ now, capturing, captureChanged: announce, lookAtOutbox, tickets }),
    ...outboxAnswers({ now, captureChanged: announce, deliveryChanged, lookAtOutbox, tickets }),
    ...settingsAnswers({ settingsChanged }),
    ...webmailCare(),
    ...privacyAnswers({ wiped }),
    ...passphraseAnswers({ changed: lookAgain }),
    ...handoverAnswers({ now, go: handOver, told: handoverTold }),
  });

  browser.runtime.onConnect.addListener((port) => {
    if (!acceptPrepare(port) && !acceptCapture(port)) port.disconnect();
  });
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === outboxAlarm) void lookAtOutbox();
    if (name === handoverAlarm) void handOver();
  });
  browser.tabs.onRemoved.addListener((tabId) => void forgetTab(tabId));
  browser.permissions.onAdded.addListener(listenToNotifications);
  listenToNotifications();
  browser.permissions.onAdded.addListener(() => void endPauses().then(async () => settingsChanged(await readSettings())));
  browser.permissions.onRemoved.addListener(() => void readSettings().then(settingsChanged));
  browser.storage.onChanged.addListener((_changes, area) => {
    if (area === 'managed') void readSettings().then((settings) => policyChanged(settings).then(() => settingsChanged(settings)));
  });
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === 'send-at-once' && tab?.id !== undefined) void sendAtOnce(tab.id);
  });
  listenToMenus((tabId) => void captureAndChoose(capturing, tabId).catch(() => undefined));
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') void welcome();
  });
  // Without a listener the browser would start no worker with it: what waits would wait for the first click.
  browser.runtime.onStartup.addListener(() => void lookAtOutbox());
  self.addEventListener('online', () => void backOnline());
  const begun = begin();
  void lookAtOutbox();
  void handOver();

  async function begin(): Promise<void> {
    await closeStorage();
    const settings = await readSettings();
    await makeMenus(settings);
    // After a restart or an update the tabs may have been there first.
    if (await registerWebmails(settings)) await injectIntoOpenTabs(settings);
    try {
      if (await recover(now(), firstStep)) await bumpRevision();
      await settleLeft();
      await capturing.resume();
    } finally {
      await showBadge();
    }
  }

  /** The step that may have made or changed something, for a delivery whose progress was lost. */
  async function firstStep({ endpointId, action }: Delivery, draft: TicketDraft): Promise<string | undefined> {
    const { endpoints, recipes } = await readSettings();
    const endpoint = endpoints.find(({ id }) => id === endpointId);
    return endpoint && firstUnsafeStep(await recipeOf(endpoint, recipes), action, draft);
  }

  async function sendAtOnce(tabId: number): Promise<void> {
    await capturing.start(tabId, { send: true }).catch(() => browser.action.openPopup());
  }

  /** Coming back online ends the waits that only the network caused. */
  async function backOnline(): Promise<void> {
    for (const { id } of (await readSettings()).endpoints) {
      const pause = await findPause(id);
      if (pause?.error.code === 'offline') await putPause({ ...pause, retryAt: now() });
    }
    await lookAtOutbox();
  }

  async function welcome(): Promise<void> {
    if ((await readSettings()).endpoints.length === 0) await browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
  }
}
