import { JSDOM } from 'jsdom';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addAddress, findField } from '../../../utils/page/reply.ts';
import { findPeople } from '../../../utils/webmail/find.ts';
import { pages } from '../../../utils/webmail/index.ts';

const mailbox = 'Support <support@help.example>';
const roundcube = pages.find(({ id }) => id === 'roundcube');
let document: Document;

function show(html: string): void {
  const { window } = new JSDOM(html, { url: 'https://mail.example.org/' });
  document = window.document;
  for (const name of ['Event', 'HTMLElement'] as const) vi.stubGlobal(name, window[name]);
}

describe('the field for Cc', () => {
  beforeEach(() => show('<div id="compose_cc" class="hidden row"><textarea id="_cc"></textarea></div><input id="other">'));

  it("is the webmail's own, unfolded as it would do it", () => {
    document.getElementById('other')?.focus();
    expect(findField(roundcube, document)?.id).toBe('_cc');
    expect(document.getElementById('compose_cc')?.className).toBe('row');
  });

  it('is the one where the person stands, on a page that nobody knows', () => {
    expect(findField(undefined, document)).toBeUndefined();
    document.getElementById('other')?.focus();
    expect(findField(undefined, document)?.id).toBe('other');
  });

  it('is never a box, a button or a password', () => {
    show('<input id="box" type="checkbox"><input id="secret" type="password">');
    for (const id of ['box', 'secret']) {
      document.getElementById(id)?.focus();
      expect(document.activeElement?.id).toBe(id);
      expect(findField(undefined, document)).toBeUndefined();
    }
  });
});

describe('an address', () => {
  it('goes behind what stands there, and tells the page', () => {
    show('<input id="cc" value="ana@client.example, ">');
    const field = document.getElementById('cc') as HTMLInputElement;
    const heard: string[] = [];
    for (const type of ['input', 'change']) field.addEventListener(type, () => heard.push(`${type} ${field.value}`));
    expect(addAddress(field, mailbox)).toBe(true);
    const value = `ana@client.example, ${mailbox}`;
    expect(heard).toEqual([`input ${value}`, `change ${value}`]);
    expect(addAddress(field, 'SUPPORT@help.example')).toBe(true);
    expect(field.value).toBe(value);
  });
});

describe('the people of a thread', () => {
  const page = (rule: { selector: string; attribute?: string }) => ({
    id: 'x',
    name: '',
    origins: [],
    slots: [],
    thread: [],
    people: rule,
  });

  it('are addresses, each once, from a text, a link or an attribute', () => {
    show(
      '<p>Ana &lt;ana@client.example&gt;</p><a href="mailto:bob@client.example?subject=x">Bob</a><i title="ana@client.example">Ana</i><p>Nobody</p>',
    );
    expect(findPeople(page({ selector: 'p' }), document)).toEqual(['ana@client.example']);
    expect(findPeople(page({ selector: 'a', attribute: 'href' }), document)).toEqual(['bob@client.example']);
    expect(findPeople(page({ selector: 'i', attribute: 'title' }), document)).toEqual(['ana@client.example']);
  });

  it('are not looked for without a rule', () => {
    const { people: _, ...without } = page({ selector: 'p' });
    expect(findPeople(without, document)).toEqual([]);
  });
});
