import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { isInPlace, placeButton, removeButton } from '../../../utils/page/place.ts';
import type { Slot } from '../../../utils/webmail/adapter.ts';

const slot = (selector: string, where: Slot['where'], more: Partial<Slot> = {}): Slot => ({ selector, since: '2026-11', where, ...more });
const setUp = (body: string) => {
  const { document } = new JSDOM(`<body>${body}</body>`).window;
  return { document, host: document.createElement('relais-button'), body: () => document.body.innerHTML };
};
const toolbar = '<div id="bar"><a></a></div>';

describe('placeButton', () => {
  it.each([
    ['append', '<div id="bar"><a></a><relais-button></relais-button></div>'],
    ['prepend', '<div id="bar"><relais-button></relais-button><a></a></div>'],
    ['before', '<relais-button></relais-button><div id="bar"><a></a></div>'],
    ['after', '<div id="bar"><a></a></div><relais-button></relais-button>'],
  ] as const)('puts it %s the anchor, once', (where, expected) => {
    const { document, host, body } = setUp(toolbar);
    const slots = [slot('#bar', where)];
    expect(isInPlace(document, slots, host)).toBe(false);
    expect(placeButton(document, slots, host)).toBe(true);
    expect(placeButton(document, slots, host)).toBe(true);
    expect(body()).toBe(expected);
    expect(isInPlace(document, slots, host)).toBe(true);
  });

  it('wraps it where the toolbar is a list, and takes the wrapper away with it', () => {
    const { document, host, body } = setUp('<ul><li><a></a></li></ul>');
    const slots = [slot('ul', 'append', { wrap: 'li' })];
    placeButton(document, slots, host);
    placeButton(document, slots, host);
    expect(body()).toBe('<ul><li><a></a></li><li role="none"><relais-button></relais-button></li></ul>');
    removeButton(host, slots);
    expect(body()).toBe('<ul><li><a></a></li></ul>');
  });

  it('leaves the page alone where there is no slot, and takes the button out when its slot has gone', () => {
    const { document, host, body } = setUp(toolbar);
    expect(placeButton(document, [slot('#other', 'append')], host)).toBe(false);
    expect(body()).toBe(toolbar);
    placeButton(document, [slot('#bar', 'after')], host);
    document.querySelector('#bar')?.remove();
    expect(placeButton(document, [slot('#bar', 'after')], host)).toBe(false);
    expect(body()).toBe('');
  });

  it('takes dead copies away that a page made from its own markup, wrapper and all', () => {
    const { document, host, body } = setUp('<ul><li><a></a></li></ul>');
    const slots = [slot('ul', 'append', { wrap: 'li' })];
    placeButton(document, slots, host);
    document.body.innerHTML = `${document.body.innerHTML}`;
    placeButton(document, slots, host);
    expect(body()).toBe('<ul><li><a></a></li><li role="none"><relais-button></relais-button></li></ul>');
    expect(host.isConnected).toBe(true);
  });

  it('goes to a better slot when it appears', () => {
    const { document, host } = setUp('<p id="last"></p>');
    const slots = [slot('#first', 'append'), slot('#last', 'append', { fit: { '--relais-height': '9px' } })];
    placeButton(document, slots, host);
    expect(host.parentElement?.id).toBe('last');
    expect(host.style.getPropertyValue('--relais-height')).toBe('9px');
    document.body.insertAdjacentHTML('afterbegin', '<p id="first"></p>');
    expect(isInPlace(document, slots, host)).toBe(false);
    placeButton(document, slots, host);
    expect(host.parentElement?.id).toBe('first');
    expect(host.getAttribute('style') ?? '').toBe('');
  });

  it('prefers an anchor that can be seen', () => {
    const { document, host } = setUp('<p id="old"></p><p id="new"></p>');
    for (const element of document.querySelectorAll('p')) Object.assign(element, { checkVisibility: () => element.id === 'new' });
    placeButton(document, [slot('p', 'append')], host);
    expect(host.parentElement?.id).toBe('new');
  });
});
