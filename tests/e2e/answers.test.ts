import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../demo/desk/server.ts';
import { mail } from '../support/mail.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';

const html = { 'content-type': 'text/html; charset=utf-8' };
const loginPage = '<!doctype html><title>Sign in</title><form><input name=user><input name=password type=password></form>';

interface Row {
  readonly id: string;
  readonly status: string;
  readonly dueAt?: number;
  readonly error?: { readonly code: string; readonly details: Readonly<Record<string, unknown>> };
}

interface Case {
  readonly says: string;
  readonly faults: readonly Fault[];
  /** Status and error code in the outbox. */
  readonly shown: readonly [status: string, code: string];
  /** The button in the page. */
  readonly button: string;
}

const cases: readonly Case[] = [
  {
    says: 'who are you (401)',
    faults: [
      { acts: false, answer: { status: 401, headers: { 'content-type': 'application/json' }, body: '{"error":"The token is not valid"}' } },
    ],
    shown: ['paused', 'unauthorised'],
    button: 'Not sent yet: see why',
  },
  {
    says: 'too many (429, Retry-After)',
    faults: [{ acts: false, answer: { status: 429, headers: { 'retry-after': '90' }, body: '' } }],
    shown: ['waiting', 'rate-limited'],
    button: 'Waiting: sends by itself',
  },
  {
    says: 'sorry (500), with the ticket made all the same',
    faults: [{ acts: true, answer: { status: 500, body: 'Internal error' } }],
    shown: ['unsure', 'server-error'],
    button: 'Waiting: sends by itself',
  },
  {
    // Twice: Chromium itself repeats a request whose connection is cut before any answer, where it was kept from an earlier one.
    says: 'nothing, with the ticket made all the same',
    faults: [{ acts: true }, { acts: true }],
    shown: ['unsure', 'connection-lost'],
    button: 'Waiting: sends by itself',
  },
  {
    says: 'a login page (200, HTML)',
    faults: [{ acts: false, answer: { status: 200, headers: html, body: loginPage } }],
    shown: ['paused', 'login-page'],
    button: 'Waiting: sends by itself',
  },
  {
    says: 'nonsense (200, JSON that nobody expects), with the ticket made all the same',
    faults: [{ acts: true, answer: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"hello":["world"]}' } }],
    shown: ['unsure', 'unreadable-answer'],
    button: 'Waiting: sends by itself',
  },
  {
    says: 'elsewhere (302)',
    faults: [{ acts: false, answer: { status: 302, headers: { location: '/login' }, body: '' } }],
    shown: ['paused', 'redirected'],
    button: 'Waiting: sends by itself',
  },
];

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({
    mails: [...cases.map(({ says }) => mail({ subject: says })), mail({ subject: 'Refused' })],
    settings: { undoSeconds: 0 },
  });
});
afterAll(() => rig.close());

/** As somebody who presses **Retry now** until it is gone: what is in doubt is looked for twice, ten seconds apart, before it is sent again. */
const untilSent = () =>
  until(
    'the outbox is empty',
    async () => {
      const [left] = await rows();
      if (left && left.status !== 'sending') await ask(rig.session, 'delivery.retried', { id: left.id });
      return left === undefined;
    },
    40_000,
    1_000,
  );
const rows = async () => ((await ask(rig.session, 'outbox.opened', {})) as { rows: readonly Row[] }).rows;

describe.each(cases)('a desk that says $says', ({ says, faults, shown, button }) => {
  it('leaves the delivery in the outbox with its reason, and one ticket in the end', async () => {
    const before = rig.desk.store.tickets.length;
    rig.desk.faults.push(...faults);
    await rig.openThread(says);
    await rig.button().click();
    await rig.button(button).waitFor();
    const [row, ...others] = await rows();
    expect(others).toEqual([]);
    expect([row?.status, row?.error?.code]).toEqual(shown);
    if (says.includes('Retry-After')) expect((row?.dueAt ?? 0) - Date.now()).toBeGreaterThan(80_000);
    if (says.includes('401')) expect(row?.error?.details.said).toContain('The token is not valid');

    rig.desk.faults.length = 0;
    await untilSent();
    expect(rig.desk.store.tickets).toHaveLength(before + 1);
    expect(rig.desk.store.tickets.at(-1)?.title).toBe(says);
    await rig.button(/^In tickets: #\d+$/).waitFor();
  });
});

describe('a desk that refuses', () => {
  it('has its own words shown, and takes the thread once the person chose another queue', async () => {
    const before = rig.desk.store.tickets.length;
    await rig.openThread('Refused');
    await rig.button('More ways to send').click();
    await until('there is a draft', async () => (await rows()).some(({ status }) => status === 'draft'));
    const id = (await rows())[0]?.id;
    await ask(rig.session, 'draft.edited', { captureId: id, edits: { queue: { id: 'Gone', label: 'Gone' } } });
    await ask(rig.session, 'draft.submitted', { captureId: id });
    await until('the desk has refused', async () => (await rows())[0]?.status === 'stopped');
    expect((await rows())[0]?.error).toMatchObject({
      code: 'rejected',
      details: { said: expect.stringContaining('There is no queue "Gone"') },
    });
    await ask(rig.session, 'delivery.edited', { id });
    await ask(rig.session, 'draft.edited', { captureId: id, edits: { queue: { id: 'Billing', label: 'Billing' } } });
    await ask(rig.session, 'draft.submitted', { captureId: id });
    await until('the outbox is empty', async () => (await rows()).length === 0);
    expect(rig.desk.store.tickets.slice(before).map(({ queue }) => queue)).toEqual(['Billing']);
  });
});
