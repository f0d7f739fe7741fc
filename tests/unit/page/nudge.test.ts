/** The button's part of the reminder: whom a page names, told when it is drawn, and only where the page's data asks for it. */
import { JSDOM } from 'jsdom';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keepButton } from '../../../utils/page/keep.ts';
import type { WebmailPage } from '../../../utils/webmail/adapter.ts';
import { eventually } from '../../support/eventually.ts';

const webmail: WebmailPage = {
  id: 'test',
  name: 'Test',
  origins: ['https://mail.example.org'],
  slots: [{ selector: '#bar', since: '2026-11', where: 'append' }],
  thread: [{ selector: 'body', attribute: 'data-thread' }],
  people: { selector: 'a[href^="mailto:"]', attribute: 'href' },
};

let dom: JSDOM;
let asked: { people?: readonly string[] }[];

function keep(page: WebmailPage): void {
  const sendMessage = async (message: unknown) => {
    const { name, input } = message as { name: string; input: { people?: readonly string[] } };
    if (name === 'thread.opened') asked.push(input);
    const nudge = input.people?.includes('ana@client.example') ? { nudge: true } : {};
    return { ok: true, value: { phase: 'idle', ...nudge } };
  };
  keepButton({
    document: dom.window.document,
    pages: [page],
    runtime: () => ({ id: 'relais', sendMessage, onMessage: { addListener: () => {}, removeListener: () => {} } }),
    text: ([key]) => key,
    signal: new dom.window.AbortController().signal,
    now: () => 0,
  });
}

const label = () => dom.window.document.querySelector('relais-button')?.shadowRoot?.querySelector('.send')?.textContent;

describe('the reminder at the button', () => {
  beforeEach(() => {
    dom = new JSDOM('<body data-thread="t1"><div id="bar"></div></body>', { url: 'https://mail.example.org/', pretendToBeVisual: true });
    vi.spyOn(dom.window.performance, 'now').mockReturnValue(0);
    asked = [];
  });

  it('comes when the sender is drawn after the thread was there', async () => {
    keep(webmail);
    await eventually(() => expect(label()).toBe('button_send'));
    expect(asked).toEqual([{ webmail: 'test', threadKey: 't1' }]);
    dom.window.document.body.insertAdjacentHTML('beforeend', '<a href="mailto:ana@client.example">Ana</a>');
    await eventually(() => expect(label()).toBe('button_nudge'));
    expect(asked.at(-1)?.people).toEqual(['ana@client.example']);
  });

  it('tells nobody whose thread it is where the page does not say to', async () => {
    const { people: _, ...silent } = webmail;
    dom.window.document.body.insertAdjacentHTML('beforeend', '<a href="mailto:ana@client.example">Ana</a>');
    keep(silent);
    await eventually(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toEqual({ webmail: 'test', threadKey: 't1' });
    expect(label()).toBe('button_send');
  });
});
