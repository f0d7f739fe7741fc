// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../utils/routes.ts';
import { settings as sample, unmanaged } from '../support/preview/samples.ts';
import { openOptions } from './options-support.tsx';
import { barriers, leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const [first] = sample.endpoints;
if (!first) throw new Error('The sample has no ticket system');
const cardOf = (name: string) => within(screen.getByRole('heading', { name }).closest('li') as HTMLElement);

describe('what an administrator set', () => {
  it('is said at the top, and needs one click for all of its addresses', async () => {
    const managed = { webmails: ['http://webmail.intranet.example:8080'], endpoints: [first.id] };
    const { requested } = await openOptions('#/appearance', { managed });
    expect(screen.getByText(/Your organisation has set up parts of Relais/)).toBeTruthy();
    fireEvent.click(await screen.findByRole('button', { name: 'Allow its webmails and ticket systems' }));
    expect(requested).toEqual([['http://webmail.intranet.example:8080']]);
    expect(await barriers()).toEqual([]);
  });

  it('is said where it is no more than a rule', async () => {
    await openOptions('#/appearance', { managed: { rules: ['invoices'] } });
    expect(screen.getByText(/Your organisation has set up parts of Relais/)).toBeTruthy();
  });

  it('is not mentioned where there is nothing', async () => {
    await openOptions('#/appearance');
    expect(screen.queryByText(/organisation/)).toBeNull();
  });

  it('names what could not be read', async () => {
    await openOptions('#/appearance', { managed: { unreadable: ['webmails.0.origin'] } });
    expect(screen.getByText(/left out: webmails\.0\.origin/)).toBeTruthy();
  });

  it('can not be removed: webmails, templates', async () => {
    const { model } = await openOptions('#/webmails', { managed: { webmails: ['https://mail.example.org'], templates: ['hello'] } });
    expect(model.managed.value.webmails).toHaveLength(1);
    expect(cardOf('mail.example.org').queryByRole('button', { name: 'Remove' })).toBeNull();
    expect(cardOf('mail.example.org').getByText('Set by your organisation')).toBeTruthy();
    expect(cardOf('webmail.intranet.example:8080').getByRole('button', { name: 'Remove' })).toBeTruthy();
  });

  it('asks for credentials alone in a ticket system', async () => {
    const { worker } = await openOptions(`#/systems/edit/${first.id}`, { managed: { endpoints: [first.id] } });
    expect(await screen.findByText(/Only your own credentials go here/)).toBeTruthy();
    expect((screen.getByRole('textbox', { name: 'Name' }) as HTMLInputElement).disabled).toBe(true);
    const secrets = document.querySelectorAll<HTMLInputElement>('input[type=password]');
    expect([...secrets].map(({ disabled }) => disabled)).toContain(false);
    expect([...secrets].some(({ disabled }) => disabled)).toBe(false);
    expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull();
    expect(worker.of('endpoint.saved')).toEqual([]);
  });

  it('is not offered to be changed where it is locked', async () => {
    await openOptions('#/systems', { managed: { locked: ['endpoints', 'defaultEndpoint'] } });
    await screen.findByRole('heading', { name: first.name });
    expect(screen.queryByRole('button', { name: 'Add a ticket system' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Use by default' })).toBeNull();
    await leave();
    await openOptions('#/webmails', { managed: { locked: ['webmails'] } });
    expect(screen.queryByRole('button', { name: 'Add webmail' })).toBeNull();
    expect((screen.getByRole('switch', { name: 'Gmail' }) as HTMLInputElement).disabled).toBe(true);
    await leave();
    await openOptions('#/sending', { managed: { locked: ['oneClick'] } });
    expect((screen.getByRole('checkbox', { name: /Send with one click/ }) as HTMLInputElement).disabled).toBe(true);
    await leave();
    await openOptions('#/appearance', { managed: { locked: ['appearance'] } });
    expect((screen.getByRole('group', { name: 'Theme' }) as HTMLFieldSetElement).disabled).toBe(true);
  });
});

describe('a policy that changes while the page is open', () => {
  const words = [
    ['nudgeFor', '#/sending', 'Clients to remind you of', ['client.example'], 'client.example'],
    ['internalDomains', '#/sending', 'Your own mail domains', ['own.example'], 'own.example'],
    [
      'mailIn',
      '#/systems',
      'Addresses, one a line',
      [{ name: 'Support', address: 'support@help.example' }],
      'Support <support@help.example>',
    ],
  ] as const;

  it.each(words)('shows what holds then, and locked: %s', async (setting, place, name, value, shown) => {
    let now: Answer<'settings.opened'> = { settings: sample, secrets: {}, managed: unmanaged, vault: 'none' };
    const { model } = await openOptions(place, { answers: { 'settings.opened': () => now } });
    const field = screen.getByRole('textbox', { name }) as HTMLInputElement;
    fireEvent.input(field, { target: { value: 'typed@typed.example' } });
    now = { ...now, settings: { ...sample, [setting]: value }, managed: { ...unmanaged, locked: [setting] } };
    await act(() => model.refresh());
    expect([field.value, field.disabled]).toEqual([shown, true]);
  });

  it.each(words)('shows what holds then, where nothing was typed: %s', async (setting, place, name, value, shown) => {
    let now: Answer<'settings.opened'> = { settings: sample, secrets: {}, managed: unmanaged, vault: 'none' };
    const { model } = await openOptions(place, { answers: { 'settings.opened': () => now } });
    now = { ...now, settings: { ...sample, [setting]: value } };
    await act(() => model.refresh());
    expect((screen.getByRole('textbox', { name }) as HTMLInputElement).value).toBe(shown);
  });
});

describe('credentials', () => {
  it('are forgotten when somebody says so twice', async () => {
    const { worker } = await openOptions(`#/systems/edit/${first.id}`, { answers: { 'secrets.forgotten': () => null } });
    fireEvent.click(await screen.findByRole('button', { name: 'Forget credentials' }));
    expect(worker.of('secrets.forgotten')).toEqual([]);
    fireEvent.click(within(screen.getByRole('group', { name: /stored credentials/ })).getByRole('button', { name: 'Forget credentials' }));
    await waitFor(() => expect(worker.of('secrets.forgotten')).toEqual([{ endpointId: first.id }]));
  });
});

describe('privacy and data', () => {
  const rows = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: from - index,
      at: 1_000,
      host: 'tickets.example.org',
      purpose: index % 2 ? 'create' : 'odd one',
      method: 'POST',
      ...(index % 2 ? { status: 201 } : { error: 'timeout' }),
      bytesSent: 1_500,
      bytesReceived: 20,
      ms: 12,
    }));

  it('shows every request, older ones on demand, and those with the words that were typed', async () => {
    const { worker } = await openOptions('#/privacy', {
      answers: { 'ledger.opened': ({ before }) => (before === undefined ? { rows: rows(10, 2), next: 9 } : { rows: rows(8, 2) }) },
    });
    expect(await screen.findByText('new ticket')).toBeTruthy();
    expect(screen.getByText('odd one')).toBeTruthy();
    expect(screen.getByText('POST timeout')).toBeTruthy();
    expect(screen.getAllByText('1.5 kB, 20 bytes')).toHaveLength(2);
    fireEvent.click(screen.getByRole('button', { name: 'Show older' }));
    await waitFor(() => expect(screen.getAllByText('new ticket')).toHaveLength(2));
    expect(screen.queryByRole('button', { name: 'Show older' })).toBeNull();
    fireEvent.input(screen.getByRole('searchbox', { name: 'Host, purpose or outcome' }), { target: { value: 'create 201' } });
    await waitFor(() => expect(worker.of('ledger.opened').at(-1)).toEqual({ words: 'create 201' }));
    expect(await barriers()).toEqual([]);
  });

  it('gives the whole list as a file, and everything', async () => {
    const { acts } = await openOptions('#/privacy', {
      answers: { 'ledger.opened': ({ before }) => (before === undefined ? { rows: rows(10, 2), next: 9 } : { rows: rows(8, 1) }) },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Export the list' }));
    await waitFor(() => expect(acts.download).toHaveBeenCalledWith('relais-requests.json', expect.stringContaining('"id": 8')));
    fireEvent.click(screen.getByRole('button', { name: 'Export everything' }));
    expect(acts.exportAll).toHaveBeenCalled();
  });

  it('deletes everything when somebody says so twice, knowing what is not sent yet', async () => {
    localStorage.setItem('unsaved:c1', '{"note":"typed"}');
    const { worker } = await openOptions('#/privacy', {
      answers: { 'everything.wiped': () => null, 'outbox.opened': () => ({ rows: [], counts: { waiting: 3, attention: 1 } }) },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Delete everything' }));
    expect(await screen.findByText('Delete everything, also what waits and was not sent yet? (3 waiting · 1 needs you)')).toBeTruthy();
    expect(worker.of('everything.wiped')).toEqual([]);
    expect(localStorage.length).toBe(1);
    fireEvent.click(within(screen.getByRole('group', { name: /Delete everything/ })).getByRole('button', { name: 'Delete everything' }));
    expect(await screen.findByText(/as it was when it was installed/)).toBeTruthy();
    expect(localStorage.length).toBe(0);
  });
});
