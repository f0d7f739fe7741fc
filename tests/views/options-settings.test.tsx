// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settings as sample } from '../support/preview/samples.ts';
import { openOptions } from './options-support.tsx';
import { barriers, leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const type = (element: HTMLElement, value: string) => fireEvent.input(element, { target: { value } });

describe('webmails', () => {
  it('are added with one click: access first, then stored', async () => {
    const { requested, settings } = await openOptions('#/webmails');
    type(screen.getByRole('textbox', { name: 'Address of your webmail' }), 'post.example.net:8443/mail/?_task=mail');
    fireEvent.click(screen.getByRole('button', { name: 'Add webmail' }));
    expect(requested).toEqual([['https://post.example.net:8443']]);
    expect(await screen.findByText(/Added\. The button is in its toolbar now/)).toBeTruthy();
    expect(settings().webmails.at(-1)).toEqual({ origin: 'https://post.example.net:8443' });
  });

  it('begin with the address that the popup gave', async () => {
    await openOptions('#/webmails?add=https%3A%2F%2Fmail.example.net');
    expect((screen.getByRole('textbox', { name: 'Address of your webmail' }) as HTMLInputElement).value).toBe('https://mail.example.net');
  });

  it('are not stored when access is refused, or the address is none', async () => {
    const { settings, requested } = await openOptions('#/webmails', { grants: false });
    const field = screen.getByRole('textbox', { name: 'Address of your webmail' });
    type(field, 'nonsense');
    fireEvent.click(screen.getByRole('button', { name: 'Add webmail' }));
    expect(await screen.findByText(/This is no web address/)).toBeTruthy();
    expect(requested).toEqual([]);
    type(field, 'mail.example.net');
    fireEvent.click(screen.getByRole('button', { name: 'Add webmail' }));
    expect(await screen.findByText(/Without access to this address/)).toBeTruthy();
    expect(settings().webmails).toHaveLength(2);
  });

  it('say when access was taken away, and are removed with their access', async () => {
    const { permissions, settings } = await openOptions('#/webmails');
    expect(await screen.findByText(/no longer lets Relais in/)).toBeTruthy();
    const first = within(screen.getByRole('heading', { name: 'mail.example.org' }).closest('li') as HTMLElement);
    fireEvent.click(first.getByRole('button', { name: 'Remove' }));
    fireEvent.click(within(first.getByRole('group')).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(permissions.remove).toHaveBeenCalledWith('https://mail.example.org'));
    expect(settings().webmails.map(({ origin }) => origin)).toEqual(['http://webmail.intranet.example:8080']);
  });

  it('keep the access that a ticket system on the same host needs', async () => {
    const start = { ...sample, webmails: [{ origin: 'https://tickets.example.org:444' }] };
    const { permissions, settings } = await openOptions('#/webmails', { start });
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
    fireEvent.click(within(screen.getByRole('group', { name: /Take Relais out/ })).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(settings().webmails).toEqual([]));
    expect(permissions.remove).not.toHaveBeenCalled();
  });

  it('of providers have a switch each: one request for all their addresses', async () => {
    const { permissions, requested, settings } = await openOptions('#/webmails');
    const gmail = () => screen.getByRole('switch', { name: 'Gmail' }) as HTMLInputElement;
    expect(gmail().checked).toBe(false);
    fireEvent.click(gmail());
    expect(requested).toEqual([['https://mail.google.com', 'https://files.example.com']]);
    await waitFor(() => expect(settings().webmails.at(-1)).toEqual({ origin: 'https://mail.google.com', adapter: 'gmail' }));
    await waitFor(() => expect(gmail().checked).toBe(true));
    fireEvent.click(screen.getByRole('switch', { name: 'Orange' }));
    await waitFor(() => expect(settings().webmails.at(-1)).toEqual({ origin: 'https://mail01.orange.fr' }));
    expect(screen.queryByRole('heading', { name: 'mail01.orange.fr' })).toBeNull();
    fireEvent.click(gmail());
    await waitFor(() => expect(gmail().checked).toBe(false));
    await waitFor(() => expect(permissions.remove).toHaveBeenCalledWith('https://files.example.com'));
    expect(permissions.remove).toHaveBeenCalledWith('https://mail.google.com');
    expect(settings().webmails).toHaveLength(4);
  });

  it('of providers go back to off where the browser refuses', async () => {
    const { settings } = await openOptions('#/webmails', { grants: false });
    const gmail = screen.getByRole('switch', { name: 'Gmail' }) as HTMLInputElement;
    fireEvent.click(gmail);
    await waitFor(() => expect(gmail.checked).toBe(false));
    expect(settings().webmails).toHaveLength(2);
  });

  it('say how the last self-check went', async () => {
    const start = {
      ...sample,
      webmails: [{ origin: 'https://a.example' }, { origin: 'https://b.example' }, { origin: 'https://mail.orange.fr' }],
    };
    const checks = {
      'https://a.example': { webmail: null, at: 1 },
      'https://b.example': { webmail: 'roundcube', missing: [], at: 1 },
      'https://mail.orange.fr': { webmail: 'ox', missing: ['body', 'slot'], at: 1 },
    };
    await openOptions('#/webmails', { start, answers: { 'checks.opened': () => checks } });
    expect(await screen.findByText(/Not found: body, slot/)).toBeTruthy();
    const card = (name: string) => within(screen.getByRole('heading', { name }).closest('li') as HTMLElement);
    expect(card('a.example').getByText(/Not recognised yet/)).toBeTruthy();
    expect(card('b.example').getByText('Works as expected.')).toBeTruthy();
    expect(card('b.example').getByText('Roundcube')).toBeTruthy();
  });

  it('show a report before it is copied, or say that a page must be open', async () => {
    const start = { ...sample, webmails: [{ origin: 'https://b.example' }] };
    const checks = { 'https://b.example': { webmail: 'roundcube', missing: ['body'], at: 1 } };
    let isOpen = false;
    const answers = {
      'checks.opened': () => checks,
      'skeleton.wanted': ({ origin }: { origin: string }) => {
        if (!isOpen) throw new Error('none');
        return `<html> of ${origin}`;
      },
    };
    await openOptions('#/webmails', { start, answers });
    fireEvent.click(await screen.findByRole('button', { name: 'Report a problem' }));
    expect(await screen.findByText(/Open a message in this webmail first/)).toBeTruthy();
    isOpen = true;
    fireEvent.click(screen.getByRole('button', { name: 'Report a problem' }));
    const report = (await screen.findByRole('textbox', { name: 'Report' })) as HTMLTextAreaElement;
    expect(report.value).toBe('roundcube: body\n\n<html> of https://b.example');
    const written = vi.fn(async () => {});
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: written } });
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByText('Copied.')).toBeTruthy();
    expect(written).toHaveBeenCalledWith(report.value);
    vi.unstubAllGlobals();
  });
});

describe('sending', () => {
  it('is set: what the button does', async () => {
    const { settings } = await openOptions('#/sending');
    fireEvent.click(screen.getByRole('checkbox', { name: /Send with one click/ }));
    await waitFor(() => expect(settings().oneClick).toBe(false));
    fireEvent.change(screen.getByRole('combobox', { name: 'Time to undo' }), { target: { value: '10' } });
    await waitFor(() => expect(settings().undoSeconds).toBe(10));
  });

  it('notifies where the browser allows it, and says so where it does not', async () => {
    const box = () => screen.getByRole('checkbox', { name: /^Notify me when I must act/ }) as HTMLInputElement;
    const refused = await openOptions('#/sending', { grants: false });
    fireEvent.click(box());
    expect((await screen.findByRole('alert')).textContent).toBe('The browser did not allow notifications.');
    expect([box().checked, refused.settings().notify]).toEqual([false, false]);
    await leave();
    const { settings } = await openOptions('#/sending');
    fireEvent.click(box());
    await waitFor(() => expect(settings().notify).toBe(true));
  });
});

describe('other settings', () => {
  it('keep templates', async () => {
    const { settings } = await openOptions('#/templates');
    fireEvent.click(screen.getByRole('button', { name: 'Add a template' }));
    type(screen.getByRole('textbox', { name: 'Name' }), 'Polite no');
    type(screen.getByRole('textbox', { name: 'Text' }), 'Thank you, but no.');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(settings().templates.at(-1)).toMatchObject({ name: 'Polite no', text: 'Thank you, but no.' }));
    expect(settings().templates.at(-1)?.id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
  });

  it('offer templates to begin with, filled in like any other, each once', async () => {
    const { settings } = await openOptions('#/templates');
    expect(screen.getByText(/\{\{requester\}\}, \{\{title\}\}, .* and \{\{date\}\} are filled in/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Take over: Handover' }));
    type(screen.getByRole('textbox', { name: 'Text' }), 'Yours: {{title}}');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(settings().templates.at(-1)).toMatchObject({ name: 'Handover', text: 'Yours: {{title}}' }));
    expect(await screen.findByRole('heading', { name: 'Handover' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Take over: Handover' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Take over: Answer: solved' })).toBeTruthy();
  });

  it('keep the theme', async () => {
    const { settings } = await openOptions('#/appearance');
    fireEvent.click(screen.getByRole('radio', { name: 'Dark' }));
    await waitFor(() => expect(settings().appearance.theme).toBe('dark'));
  });

  it('are exported without credentials unless asked, with the risk named', async () => {
    const { worker, acts } = await openOptions('#/privacy');
    fireEvent.click(screen.getByRole('button', { name: 'Export settings' }));
    await waitFor(() => expect(acts.download).toHaveBeenCalledWith('relais-settings.json', expect.stringContaining('"Helpdesk"')));
    fireEvent.click(screen.getByRole('checkbox', { name: 'With credentials' }));
    expect(await screen.findByText(/tokens and passwords in clear/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Export settings' }));
    await waitFor(() => expect(worker.of('settings.exported')).toEqual([{ withSecrets: false }, { withSecrets: true }]));
  });

  it('say which place of an imported document is wrong, and change nothing', async () => {
    const { worker, settings } = await openOptions('#/privacy');
    const field = screen.getByRole('textbox', { name: 'Or paste it here' });
    const press = () => fireEvent.click(screen.getByRole('button', { name: 'Import settings' }));
    for (const [text, place] of [
      ['{', /JSON/],
      ['{"version":1,"endpoints":[{"id":"rt","name":"","recipe":"rt","values":{}}]}', /endpoints\.0\.name/],
      ['{"version":1,"webmails":[{"origin":"mail.example.org"}]}', /webmails\.0\.origin/],
    ] as const) {
      type(field, text);
      press();
      expect((await screen.findByRole('alert')).textContent).toMatch(place);
    }
    expect(worker.of('settings.imported')).toHaveLength(0);
    type(field, '{"version":1,"internalDomains":["example.org"]}');
    press();
    expect(await screen.findByText(/Settings imported/)).toBeTruthy();
    expect(settings().internalDomains).toEqual(['example.org']);
  });

  it('show no section that does not work yet', async () => {
    await openOptions('#/about');
    expect(
      within(screen.getByRole('navigation'))
        .getAllByRole('link')
        .map(({ textContent }) => textContent),
    ).toEqual(['Ticket systems', 'Webmails', 'Sending', 'Rules', 'Note templates', 'Appearance', 'Privacy and data', 'About']);
    expect(screen.getByRole('link', { name: 'About' }).getAttribute('aria-current')).toBe('page');
  });
});

it.each([
  '#/systems',
  '#/systems/add',
  '#/systems/add/rt',
  '#/systems/edit/rt',
  '#/webmails',
  '#/sending',
  '#/rules',
  '#/templates',
  '#/appearance',
  '#/privacy',
  '#/about',
])('%s has no barriers', async (hash) => {
  await openOptions(hash);
  await waitFor(() => expect(screen.queryByText('Loading…')).toBeNull());
  expect(await barriers()).toEqual([]);
});

it('has no barriers when nothing is set up', async () => {
  await openOptions('#/systems', { start: { ...sample, endpoints: [], webmails: [], templates: [] } });
  expect(await screen.findByRole('heading', { name: 'No ticket system yet' })).toBeTruthy();
  expect(await barriers()).toEqual([]);
});
