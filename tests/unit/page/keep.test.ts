import { JSDOM } from 'jsdom';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type ButtonRuntime, keepButton, type Renew } from '../../../utils/page/keep.ts';
import type { ButtonState } from '../../../utils/views.ts';
import type { WebmailPage } from '../../../utils/webmail/adapter.ts';

interface Sent {
  readonly name: string;
  readonly input: { readonly threadKey: string };
}

const webmail: WebmailPage = {
  id: 'test',
  name: 'Test',
  origins: ['https://mail.example.org'],
  slots: [{ selector: '#bar', since: '2026-11', where: 'append' }],
  frames: ['frame'],
  thread: [{ selector: 'body', attribute: 'data-thread' }],
  messages: { selector: '[data-message]', attributes: ['data-message'] },
  selectors: { body: { css: ['#body'], since: '2026-11', required: true }, date: { css: ['time'], since: '2026-11' } },
};

let dom: JSDOM;
let document: Document;
let sent: Sent[];
let checks: object[];
/** What waits for the page to rest. */
let atRest: (() => void)[];
let answer: (message: Sent) => unknown;
let listeners: ((message: unknown) => void)[];
let runtime: ButtonRuntime | undefined;
let stop: () => void;
let renew: Renew;

const frame = () => new Promise((resolve) => dom.window.requestAnimationFrame(resolve));
/** Two frames and the answers between them. */
const settle = async () => {
  await frame();
  await frame();
  await Promise.resolve();
};
const send = () => document.querySelector('relais-button')?.shadowRoot?.querySelector<HTMLButtonElement>('.send');
const label = () => send()?.textContent;
const push = (threadKey: string, state: ButtonState) => {
  for (const listener of listeners) listener({ kind: 'button.changed', threadKey, state });
};
const open = async (thread: string | undefined) => {
  if (thread === undefined) delete document.body.dataset.thread;
  else document.body.dataset.thread = thread;
  document.body.append(document.createElement('i'));
  await settle();
};

beforeEach(() => {
  dom = new JSDOM('<body><div id="bar"></div><p id="body"></p><iframe id="frame"></iframe></body>', {
    url: 'https://mail.example.org/',
    pretendToBeVisual: true,
  });
  document = dom.window.document;
  // Looks take no time here: a slow machine must not make the button wait.
  vi.spyOn(dom.window.performance, 'now').mockReturnValue(0);
  sent = [];
  checks = [];
  atRest = [];
  dom.window.requestIdleCallback = (work) => atRest.push(() => work({ didTimeout: false, timeRemaining: () => 10 }));
  listeners = [];
  answer = () => ({ ok: true, value: { phase: 'idle' } });
  runtime = {
    id: 'relais',
    sendMessage: async (message) => {
      if ((message as Sent).name === 'page.checked') checks.push((message as { input: object }).input);
      else sent.push(message as Sent);
      return answer(message as Sent);
    },
    onMessage: {
      addListener: (listener) => listeners.push(listener),
      removeListener: (listener) => listeners.splice(listeners.indexOf(listener), 1),
    },
  };
  const controller = new dom.window.AbortController();
  stop = () => controller.abort();
  renew = keepButton({
    document,
    pages: [webmail],
    runtime: () => runtime,
    text: ([key, ...values]) => [key, ...values].join(' '),
    signal: controller.signal,
  });
});

const rest = async () => {
  for (const work of atRest.splice(0)) work();
  await settle();
};

describe('the self-check', () => {
  it('tells at once as what the page was recognised, and once a thread was open that nothing is missing', async () => {
    expect(checks).toEqual([{ webmail: 'test' }]);
    await open('one');
    await rest();
    expect(checks).toEqual([{ webmail: 'test' }, { webmail: 'test', missing: [] }]);
    await open('two');
    expect(atRest).toEqual([]);
    expect(send()?.title).toBe('button_send');
  });

  it('names a required selector that matches nothing, says so at the button, and takes it back when it was only late', async () => {
    document.querySelector('#body')?.remove();
    await open('one');
    await rest();
    expect(checks.at(-1)).toEqual({ webmail: 'test', missing: ['body'] });
    expect(send()?.title).toBe('button_send\nbutton_changed');
    document.body.insertAdjacentHTML('beforeend', '<p id="body"></p>');
    await settle();
    await rest();
    expect(checks.at(-1)).toEqual({ webmail: 'test', missing: [] });
    expect(send()?.title).toBe('button_send');
  });

  it('puts the button above the page where its slots are gone, and back when they come', async () => {
    document.querySelector('#bar')?.remove();
    await open('one');
    expect(document.querySelector('relais-button')).toBeNull();
    await rest();
    expect(checks.at(-1)).toEqual({ webmail: 'test', missing: ['slot'] });
    const host = document.querySelector<HTMLElement>('relais-button');
    expect(host?.parentElement).toBe(document.body);
    expect(host?.style.getPropertyValue('--relais-position')).toBe('fixed');
    expect(send()?.disabled).toBe(false);
    document.body.insertAdjacentHTML('beforeend', '<div id="bar"></div>');
    await settle();
    expect(document.querySelector('#bar > relais-button')).toBe(host);
    expect(host?.style.getPropertyValue('--relais-position')).toBe('');
  });

  it('stops looking at a page that has changed for good', async () => {
    document.querySelector('#body')?.remove();
    await open('one');
    let looked = 0;
    for (; atRest.length > 0; looked += 1) {
      await rest();
      document.body.append(document.createElement('i'));
      await settle();
    }
    expect(looked).toBe(10);
    expect(checks).toHaveLength(2);
  });
});

describe('keepButton', () => {
  it('shows a button that can not be pressed while no message is open, and asks nothing', async () => {
    expect(label()).toBe('button_send');
    expect(send()?.disabled).toBe(true);
    await settle();
    expect(sent).toEqual([]);
  });

  it('asks about a thread when it opens, and once', async () => {
    answer = () => ({ ok: true, value: { phase: 'sent', number: '4711' } });
    await open('one');
    document.body.append(document.createElement('i'));
    await settle();
    expect(sent).toEqual([{ name: 'thread.opened', input: { webmail: 'test', threadKey: 'one' } }]);
    expect(label()).toBe('button_sent 4711');
    expect(send()?.disabled).toBe(false);
  });

  it('tells again when messages come or go, and only then', async () => {
    const add = (id: string) => document.body.insertAdjacentHTML('beforeend', `<p data-message="${id}"></p>`);
    const told = () => sent.filter(({ name }) => name === 'thread.opened').map(({ input }) => input);
    add('m1');
    await open('one');
    await open('one');
    expect(told()).toEqual([{ webmail: 'test', threadKey: 'one', messages: ['m1'] }]);
    answer = () => ({ ok: true, value: { phase: 'grown', number: '4711', count: 1, state: 'open' } });
    add('m2');
    await settle();
    expect(told().at(-1)).toEqual({ webmail: 'test', threadKey: 'one', messages: ['m1', 'm2'] });
    expect(told()).toHaveLength(2);
    expect(label()).toBe('button_growOne 4711');
    expect(send()?.title).toBe('button_growOne 4711\nopen');
  });

  it('forgets the state with the thread', async () => {
    answer = ({ input }) => ({ ok: true, value: input.threadKey === 'one' ? { phase: 'waiting' } : { phase: 'idle' } });
    await open('one');
    expect(label()).toBe('button_waiting');
    await open('two');
    expect(label()).toBe('button_send');
    await open(undefined);
    expect(send()?.disabled).toBe(true);
  });

  it('does not give a late answer to another thread', async () => {
    const late = Promise.withResolvers<unknown>();
    answer = ({ input }) => (input.threadKey === 'one' ? late.promise : { ok: true, value: { phase: 'idle' } });
    await open('one');
    await open('two');
    late.resolve({ ok: true, value: { phase: 'sent', number: '1' } });
    await settle();
    expect(label()).toBe('button_send');
  });

  it('believes what was pushed rather than an answer on the way', async () => {
    const late = Promise.withResolvers<unknown>();
    answer = () => late.promise;
    await open('one');
    push('one', { phase: 'sent', number: '2' });
    late.resolve({ ok: true, value: { phase: 'collecting', received: 0, expected: 0 } });
    await settle();
    expect(label()).toBe('button_sent 2');
  });

  it('hears nothing of other threads, and no nonsense', async () => {
    await open('one');
    push('two', { phase: 'sent', number: '3' });
    for (const listener of listeners) for (const message of [null, 'x', {}, { kind: 'button.changed' }]) listener(message);
    expect(label()).toBe('button_send');
  });

  it('acts on no click that a script made', async () => {
    await open('one');
    send()?.click();
    await settle();
    expect(sent.map(({ name }) => name)).toEqual(['thread.opened']);
  });

  it('confirms a send when its time is over, though another thread is open by then', async () => {
    await open('one');
    push('one', { phase: 'held', until: Date.now() + 30 });
    expect(label()).toBe('button_sending');
    await open('two');
    await expect.poll(() => sent, { timeout: 10_000 }).toContainEqual({ name: 'send.confirmed', input: { threadKey: 'one' } });
    expect(label()).toBe('button_send');
  });

  it('says what to do when the worker does not answer', async () => {
    answer = () => undefined;
    await open('one');
    expect(label()).toBe('button_attention');
    expect(sent).toHaveLength(2);
  });

  it('says to reload once the extension behind it is gone', async () => {
    await open('one');
    runtime = undefined;
    await open('two');
    expect(label()).toBe('button_reload');
    expect(send()?.disabled).toBe(false);
  });

  it('looks again when the frame has loaded, though nothing changed outside it', async () => {
    await settle();
    document.body.dataset.thread = 'framed';
    document.querySelector('iframe')?.dispatchEvent(new dom.window.Event('load'));
    await settle();
    expect(sent.at(-1)?.input.threadKey).toBe('framed');
  });

  it('stays the same button when its webmail is described anew, and asks how the thread stands', async () => {
    await open('one');
    const host = document.querySelector('relais-button');
    document.body.insertAdjacentHTML('beforeend', '<a href="mailto:ana@client.example">Ana</a>');
    await settle();
    answer = () => ({ ok: true, value: { phase: 'idle', nudge: true } });
    renew([{ ...webmail, frames: [], people: { selector: 'a[href^="mailto:"]', attribute: 'href' } }]);
    expect(document.querySelector('relais-button')).toBe(host);
    await settle();
    expect(sent.at(-1)).toEqual({ name: 'thread.opened', input: { webmail: 'test', threadKey: 'one', people: ['ana@client.example'] } });
    expect(label()).toBe('button_nudge');
    expect([...document.querySelectorAll('relais-button')]).toEqual([host]);
  });

  it('is checked anew with newer selectors, though the page had been given up', async () => {
    document.querySelector('#body')?.remove();
    await open('one');
    while (atRest.length > 0) {
      await rest();
      document.body.append(document.createElement('i'));
      await settle();
    }
    expect(checks.at(-1)).toEqual({ webmail: 'test', missing: ['body'] });
    renew([{ ...webmail, selectors: { body: { css: ['#bar'], since: '2026-11', required: true } } }]);
    await settle();
    await rest();
    expect(checks.at(-1)).toEqual({ webmail: 'test', missing: [] });
  });

  it('ends without a trace', async () => {
    await open('one');
    stop();
    expect(document.querySelector('relais-button')).toBeNull();
    expect(listeners).toEqual([]);
    await open('two');
    expect(document.querySelector('relais-button')).toBeNull();
    expect(sent).toHaveLength(1);
  });
});
