/**
 * A ticket system that turned hostile, at everything that Relais asks of it: bounded, told in a clear sentence, no credential
 * goes astray, and no thread is lost or sent twice.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import english from '../../public/_locales/en/messages.json' with { type: 'json' };
import { mostAnswerBytes } from '../../utils/http.ts';
import { type Attack, type HostileSystem, startHostile, type Way } from '../support/hostile-system.ts';
import { type LocalServer, serve } from '../support/local-server.ts';
import { mail } from '../support/mail.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';

interface Row {
  readonly id: string;
  readonly endpointName?: string;
  readonly status: string;
  readonly error?: { readonly code: keyof typeof sentences; readonly details: { readonly said?: string } };
}

/** What each attack is called when it is told. The keys of an answer hurt nobody: it is read like any other. */
const codes = {
  huge: 'unreadable-answer',
  around: 'redirected',
  elsewhere: 'redirected',
  markup: 'rejected',
  keys: undefined,
  drip: 'timeout',
} as const satisfies Record<Attack, string | undefined>;
const sentences = {
  'unreadable-answer': english.error_unreadable_answer.message,
  redirected: english.error_redirected.message,
  rejected: english.error_rejected.message,
  timeout: english.error_timeout.message,
  'cannot-look-up': english.error_cannot_look_up.message,
} as const;
const quick = ['huge', 'around', 'elsewhere', 'markup', 'keys'] as const;
const every = [...quick, 'drip'] as const;
const questions = ['test', 'list', 'search'] as const;
const sendings = ['create', 'append', 'look-up'] as const;
const times = <One, Other>(ones: readonly One[], others: readonly Other[]) =>
  ones.flatMap((one) => others.map((other) => [one, other] as const));

const token = 'a-token-that-is-mine';
let rig: Rig;
let system: HostileSystem;
/** Another origin, let in like the system's: only Relais itself keeps it out. */
let elsewhere: LocalServer;
const strayed: string[] = [];
let outbox: Page;
/** Answered too slowly for anybody: begun first, and looked at last. */
let slow: Promise<readonly (string | undefined)[]>;

const idOf = (way: Way, attack: Attack) => `${attack}-${way}`;

beforeAll(async () => {
  elsewhere = await serve((request, response) => {
    if (JSON.stringify([request.headers, request.url]).includes(token)) strayed.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  system = await startHostile(elsewhere.origin);
  const ids = ['honest-system', ...times([...questions, ...sendings], every).map(([way, attack]) => idOf(way, attack))];
  rig = await startRig({
    mails: ids.map((id) => mail({ subject: id })),
    settings: {
      undoSeconds: 0,
      endpoints: ids.map(system.endpoint),
      defaultEndpoint: undefined,
      rules: ids.map((id) => ({ id, when: { subject: [id] }, give: { endpointId: id } })),
      secrets: Object.fromEntries(ids.map((id) => [id, { token }])),
    },
  });
  outbox = await rig.session.open('popup.html?tab=outbox');
  for (const way of sendings) await begin(way, 'drip');
  slow = Promise.all(questions.map((way) => answerTo(way, 'drip')));
});
afterAll(async () => {
  await rig?.close();
  await Promise.all([system?.close(), elsewhere?.close()]);
});

/** The error that a question ends with; `undefined` where it was answered. */
async function answerTo(way: (typeof questions)[number], attack: Attack): Promise<string | undefined> {
  const endpointId = idOf(way, attack);
  if (way === 'search')
    return ask(rig.session, 'tickets.searched', { endpointId, text: 'words' }).then(
      () => undefined,
      (error: Error) => /^tickets\.searched: ([a-z-]+)/.exec(error.message)?.[1],
    );
  const input =
    way === 'test' ? { endpoint: { ...system.endpoint(endpointId), defaults: {} }, secrets: { token } } : { endpointId, list: 'queues' };
  const answer = await ask(rig.session, way === 'test' ? 'endpoint.tested' : 'list.opened', input);
  return (answer as { readonly error?: { readonly code: string } }).error?.code;
}

/** A click on the button of a thread that a rule gives to this endpoint; a note on a ticket of it. */
async function begin(way: (typeof sendings)[number], attack: Attack): Promise<void> {
  const id = idOf(way, attack);
  if (way === 'append') await ask(rig.session, 'note.submitted', { requestId: id, endpointId: id, ticket: '7', note: 'Called back' });
  else {
    await rig.openThread(id);
    await rig.button().click();
  }
  // To the next page only when this one has given everything.
  await until(
    `${id} is in the outbox`,
    async () => Object.values(system.kept(id)).flat().length > 0 || (await rowOf(id)) !== undefined,
    30_000,
  );
}

async function rowOf(id: string): Promise<Row | undefined> {
  const { rows } = (await ask(rig.session, 'outbox.opened', { limit: 200 })) as { readonly rows: readonly Row[] };
  return rows.find(({ endpointName }) => endpointName === id);
}

/** What stands in the Outbox, as its person reads it. */
async function reads(id: string, code: keyof typeof sentences): Promise<void> {
  const card = outbox.locator('.card', { hasText: id });
  await card.getByText(sentences[code]).waitFor();
  expect((await card.textContent())?.length).toBeLessThan(1_500);
  expect(await card.locator('img').count()).toBe(0);
}

/** Told, then sent again to a system that is itself again. */
async function goesOn(way: (typeof sendings)[number], attack: (typeof quick)[number]): Promise<void> {
  const id = idOf(way, attack);
  const code = codes[attack];
  if (code !== undefined) {
    await until(`${id} is told`, async () => (await rowOf(id))?.error?.code === code);
    await reads(id, code);
  } else await until(`${id} is sent`, async () => (await rowOf(id)) === undefined, 50_000);
  await ends(way, id, attack === 'markup');
}

/** Mended and tried again, it has arrived once; what can't be looked up, nobody but its person may repeat. */
async function ends(way: (typeof sendings)[number], id: string, isRefused = false): Promise<void> {
  system.mend(id);
  const row = await rowOf(id);
  if (row) await ask(rig.session, 'delivery.retried', { id: row.id });
  if (row && way === 'append' && !isRefused) await reads(id, 'cannot-look-up');
  else await until(`${id} is sent`, async () => (await rowOf(id)) === undefined, 50_000);
  const { tickets, added } = system.kept(id);
  expect([tickets.length, added.length]).toEqual(way === 'append' ? [0, 1] : [1, 0]);
}

/** What holds whatever was asked. */
async function expectHarmless(id: string): Promise<void> {
  await until('the connection is cut', () => system.served(id) < 200);
  if (id.startsWith('huge')) expect(system.served(id)).toBeGreaterThan(mostAnswerBytes / 1024 / 1024);
  expect(system.seen.filter(({ path }) => path.startsWith('/around/everywhere'))).toEqual([]);
  expect(elsewhere.seen.map(({ path }) => path)).toEqual([]);
  expect(strayed).toEqual([]);
  const polluted = () => [Reflect.get({}, 'polluted'), Reflect.get([], 'polluted'), Reflect.has(globalThis, '__ran')];
  expect(await (await rig.session.worker()).evaluate(polluted)).toEqual([undefined, undefined, false]);
  expect(await outbox.evaluate(polluted)).toEqual([undefined, undefined, false]);
}

describe('a hostile ticket system', () => {
  it('that answers a byte at a time holds up no other', async () => {
    expect((await rowOf(idOf('create', 'drip')))?.status).toBe('sending');
    await rig.openThread('honest-system');
    await rig.button().click();
    await until('the other has its ticket', () => system.kept('honest-system').tickets.length === 1, 30_000);
    expect((await rowOf(idOf('create', 'drip')))?.status).toBe('sending');
  });

  it('shows its error to who connects it as words, never as markup', async () => {
    const options = await rig.session.open(`options.html#/systems/edit/${idOf('test', 'markup')}`);
    await options.getByRole('button', { name: 'Test connection' }).click();
    await options.getByRole('alert').waitFor();
    expect((await options.getByRole('alert').textContent())?.length).toBeLessThan(1_500);
    expect(await options.getByRole('alert').locator('img').count()).toBe(0);
    expect(await options.evaluate(() => Reflect.has(globalThis, '__ran'))).toBe(false);
    await expectHarmless(idOf('test', 'markup'));
    await options.close();
  });

  it.each(times(questions, quick))('that is asked (%s) and answers with “%s” is told for what it is', async (way, attack) => {
    expect(await answerTo(way, attack)).toBe(codes[attack]);
    await expectHarmless(idOf(way, attack));
  });

  it.each(times(sendings, quick))('that is sent something (%s) and answers with “%s” loses and doubles nothing', async (way, attack) => {
    await begin(way, attack);
    await goesOn(way, attack);
    await expectHarmless(idOf(way, attack));
  });

  it('can’t hold anybody for ever by answering a byte at a time', { timeout: 120_000 }, async () => {
    expect(await slow).toEqual(questions.map(() => codes.drip));
    const ended = async () => {
      const { rows } = (await ask(rig.session, 'ledger.opened', { limit: 1_000 })) as {
        readonly rows: readonly { readonly purpose: string; readonly error?: string }[];
      };
      return new Set(rows.filter(({ error }) => error === codes.drip).map(({ purpose }) => purpose));
    };
    // What is sent has longer than what is asked.
    await until('each way has its deadline', async () => (await ended()).size === questions.length + sendings.length, 90_000, 500);
    expect([...(await ended())].toSorted()).toEqual([...questions, ...sendings].toSorted());
    for (const way of sendings) await ends(way, idOf(way, 'drip'));
  });

  it('stands nowhere together with a credential: not in the ledger, the Outbox, nor an export that did not ask for one', async () => {
    const questions = [
      ['ledger.opened', { limit: 1_000 }],
      ['outbox.opened', { limit: 200 }],
      ['settings.exported', { withSecrets: false }],
    ] as const;
    for (const [route, input] of questions) {
      const told = JSON.stringify(await ask(rig.session, route, input));
      expect(told.length).toBeGreaterThan(1_000);
      expect(told).not.toContain(token);
    }
  });
});
