// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

  it('set what the button does', async () => {
    const { settings } = await openOptions('#/webmails');
    fireEvent.click(screen.getByRole('checkbox', { name: /Send with one click/ }));
    await waitFor(() => expect(settings().oneClick).toBe(false));
    fireEvent.change(screen.getByRole('combobox', { name: 'Time to undo' }), { target: { value: '10' } });
    await waitFor(() => expect(settings().undoSeconds).toBe(10));
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
    ).toEqual(['Ticket systems', 'Webmails', 'Note templates', 'Appearance', 'Privacy and data', 'About']);
    expect(screen.getByRole('link', { name: 'About' }).getAttribute('aria-current')).toBe('page');
  });
});

it.each([
  '#/systems',
  '#/systems/add',
  '#/systems/add/rt',
  '#/systems/edit/rt',
  '#/webmails',
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
