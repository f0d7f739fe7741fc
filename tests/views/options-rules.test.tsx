// @vitest-environment jsdom
import { createEvent, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RuleTrial } from '../../utils/options-views.ts';
import { settings as sample } from '../support/preview/samples.ts';
import { openOptions } from './options-support.tsx';
import { barriers, leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const type = (name: string, value: string) => fireEvent.input(screen.getByRole('textbox', { name }), { target: { value } });
const cards = () => screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
const cardOf = (name: RegExp) => screen.getByRole('heading', { name }).closest('li') as HTMLElement;
const ids = (rules: readonly { readonly id: string }[]) => rules.map(({ id }) => id);

describe('the rules', () => {
  it('stand in their order, and say what they ask for and what they give', async () => {
    await openOptions('#/rules');
    expect(cards()).toEqual(['1. Invoices', '2. from atelier.example.org', '3. Field service in the south']);
    expect(cardOf(/Invoices/).textContent).toContain('invoice, facture or Rechnung in the subject');
    expect(cardOf(/Invoices/).textContent).toContain('Comptabilité · High');
    expect(cardOf(/south/).textContent).toContain('from chantier.example.net or client@sud.example and to sud@studio.example.com');
    expect(cardOf(/south/).textContent).toContain('Hotline Außendienst Süd · Sud');
    expect(cardOf(/atelier/).textContent).toContain('Devis & commandes · Called back');
  });

  it('are added with every choice', async () => {
    const { settings } = await openOptions('#/rules');
    fireEvent.click(screen.getByRole('button', { name: 'Add a rule' }));
    expect((screen.getByRole('button', { name: 'Save' }) as HTMLButtonElement).disabled).toBe(true);
    type('Name', 'Orders');
    type('Requester', 'client.example, ana@other.example ;');
    type('Words in the subject', 'order');
    fireEvent.change(screen.getByRole('combobox', { name: 'Webmail' }), { target: { value: 'https://mail.example.org' } });
    const queue = await screen.findByRole('combobox', { name: 'Queue' });
    await waitFor(() => expect(queue.closest('.field')?.querySelector('svg')).toBeTruthy());
    fireEvent.click(queue);
    fireEvent.click(await screen.findByRole('option', { name: 'Atelier' }));
    fireEvent.change(screen.getByRole('combobox', { name: 'The note begins with' }), { target: { value: 'check' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(settings().rules).toHaveLength(4));
    expect(settings().rules.at(-1)).toEqual({
      id: expect.stringMatching(/^[a-z0-9][a-z0-9-]{0,63}$/),
      name: 'Orders',
      when: { from: ['client.example', 'ana@other.example'], subject: ['order'], webmail: ['https://mail.example.org'] },
      give: { queue: { id: '7', label: 'Atelier' }, template: 'check' },
    });
    expect(await screen.findByRole('heading', { name: '4. Orders' })).toBeTruthy();
  });

  it('are changed: another system takes its queues along, an emptied field is none', async () => {
    const { settings, worker } = await openOptions('#/rules');
    fireEvent.click(screen.getByRole('button', { name: 'Edit Field service in the south' }));
    type('Mailbox', ' ');
    fireEvent.change(screen.getByRole('combobox', { name: 'Ticket system' }), { target: { value: 'rt' } });
    await waitFor(() => expect(worker.of('list.opened').at(-1)?.endpointId).toBe('rt'));
    const priority = await screen.findByRole('combobox', { name: 'Priority' });
    fireEvent.click(priority);
    fireEvent.click(await screen.findByRole('option', { name: 'Low' }));
    expect(await barriers()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(settings().rules[2]).toEqual({
        id: 'south',
        name: 'Field service in the south',
        when: { from: ['chantier.example.net', 'client@sud.example'] },
        give: { endpointId: 'rt', priority: { id: 'low', label: 'Low' } },
      }),
    );
  });

  it('give back a choice that was emptied', async () => {
    const { settings } = await openOptions('#/rules');
    fireEvent.click(screen.getByRole('button', { name: 'Edit Invoices' }));
    const priority = await screen.findByRole('combobox', { name: 'Priority' });
    await waitFor(() => expect(priority.closest('.field')?.querySelector('svg')).toBeTruthy());
    fireEvent.input(priority, { target: { value: '' } });
    fireEvent.blur(priority);
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(settings().rules[0]?.give).toEqual({ queue: { id: '5', label: 'Comptabilité' } }));
  });

  it('are removed when somebody says so twice', async () => {
    const { settings } = await openOptions('#/rules');
    const card = within(cardOf(/Invoices/));
    fireEvent.click(card.getByRole('button', { name: 'Remove' }));
    expect(settings().rules).toHaveLength(3);
    fireEvent.click(within(card.getByRole('group')).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(ids(settings().rules)).toEqual(['atelier', 'south']));
  });

  it('say which of them holds for the thread that is open', async () => {
    const answers = {
      'rules.tried': (): RuleTrial => ({
        subject: 'Rechnung 7',
        rule: { id: 'invoices', name: 'Invoices', because: [{ on: 'subject', word: 'Rechnung' }] },
      }),
    };
    const { worker } = await openOptions('#/rules', { answers });
    fireEvent.click(screen.getByRole('button', { name: 'Try on the open thread' }));
    expect(await screen.findByText('“Rechnung 7”: By the rule “Invoices”: Rechnung in the subject.')).toBeTruthy();
    expect(within(cardOf(/Invoices/)).getByText('Holds')).toBeTruthy();
    expect(screen.getAllByText('Holds')).toHaveLength(1);
    expect(worker.of('rules.tried')[0]?.rules).toHaveLength(3);
  });

  it('say that none holds, or that there is no thread', async () => {
    let found: { subject: string } | undefined = { subject: 'Hello' };
    await openOptions('#/rules', { answers: { 'rules.tried': () => found } });
    const press = () => fireEvent.click(screen.getByRole('button', { name: 'Try on the open thread' }));
    press();
    expect(await screen.findByText(/“Hello”: no rule holds/)).toBeTruthy();
    found = undefined;
    press();
    expect(await screen.findByText(/No thread yet/)).toBeTruthy();
  });

  it('wait for a ticket system', async () => {
    await openOptions('#/rules', { start: { ...sample, endpoints: [], rules: [] } });
    expect(screen.getByText(/add a ticket system first/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Add a rule' })).toBeNull();
  });
});

describe('their order', () => {
  it('changes by buttons, keeps the focus, and is said', async () => {
    const { settings } = await openOptions('#/rules');
    const down = screen.getByRole('button', { name: 'Move down: Invoices' });
    down.focus();
    fireEvent.click(down);
    await waitFor(() => expect(ids(settings().rules)).toEqual(['atelier', 'invoices', 'south']));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Move down: Invoices' })));
    expect(screen.getByText('“Invoices” is now number 2 of 3.')).toBeTruthy();
    expect((screen.getByRole('button', { name: 'Move up: from atelier.example.org' }) as HTMLButtonElement).disabled).toBe(true);
    expect((screen.getByRole('button', { name: 'Move down: Field service in the south' }) as HTMLButtonElement).disabled).toBe(true);
  });

  it('changes by Alt with an arrow, wherever the focus is in the card', async () => {
    const { settings } = await openOptions('#/rules');
    const edit = screen.getByRole('button', { name: 'Edit Field service in the south' });
    edit.focus();
    fireEvent.keyDown(edit, { key: 'ArrowUp' });
    fireEvent.keyDown(edit, { key: 'ArrowUp', altKey: true });
    await waitFor(() => expect(ids(settings().rules)).toEqual(['invoices', 'south', 'atelier']));
    await waitFor(() => expect(cards()[1]).toBe('2. Field service in the south'));
    fireEvent.keyDown(edit, { key: 'ArrowDown', altKey: true });
    await waitFor(() => expect(ids(settings().rules)).toEqual(['invoices', 'atelier', 'south']));
    expect(document.activeElement).toBe(edit);
  });

  it('changes by dragging', async () => {
    const { settings } = await openOptions('#/rules');
    const grip = cardOf(/south/).querySelector('.grip') as Element;
    fireEvent.dragStart(grip);
    const target = cardOf(/Invoices/);
    const overIt = createEvent.dragOver(target);
    await waitFor(() => {
      fireEvent(target, overIt);
      expect(overIt.defaultPrevented).toBe(true);
    });
    fireEvent.drop(target);
    await waitFor(() => expect(ids(settings().rules)).toEqual(['south', 'invoices', 'atelier']));
  });

  it('leaves what the organisation set where it stands', async () => {
    const { settings } = await openOptions('#/rules', { managed: { rules: ['invoices'] } });
    expect(within(cardOf(/Invoices/)).getByText('Set by your organisation')).toBeTruthy();
    expect(within(cardOf(/Invoices/)).queryByRole('button')).toBeNull();
    const second = screen.getByRole('button', { name: 'Edit from atelier.example.org' });
    fireEvent.keyDown(second, { key: 'ArrowUp', altKey: true });
    expect((screen.getByRole('button', { name: 'Move up: from atelier.example.org' }) as HTMLButtonElement).disabled).toBe(true);
    fireEvent.keyDown(second, { key: 'ArrowDown', altKey: true });
    await waitFor(() => expect(ids(settings().rules)).toEqual(['invoices', 'south', 'atelier']));
    await leave();
    await openOptions('#/rules', { managed: { locked: ['rules'] } });
    expect(screen.queryByRole('button', { name: 'Add a rule' })).toBeNull();
    expect(screen.queryByRole('button', { name: /^(Edit|Move|Remove)/ })).toBeNull();
  });
});
