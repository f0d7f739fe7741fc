// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEndpointForm, draftFor } from '../../entrypoints/options/endpoint-form.ts';
import type { Recipe } from '../../utils/recipes/recipe.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import { error, settings } from '../support/preview/samples.ts';
import { openOptions } from './options-support.tsx';
import { leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const type = (element: HTMLElement, value: string) => fireEvent.input(element, { target: { value } });

describe('a ticket system', () => {
  it('is set up: fields of its recipe, access and test in one click, queue, save', async () => {
    const { requested, order, worker, settings } = await openOptions('#/systems/add/rt');
    type(await screen.findByRole('textbox', { name: /^Address/ }), 'https://rt.example.net/desk/');
    type(screen.getByLabelText('Token'), '1-23-secret');
    fireEvent.click(screen.getByRole('button', { name: 'Test connection' }));
    expect(await screen.findByText('Connected.')).toBeTruthy();
    expect(requested).toEqual([['https://rt.example.net']]);
    expect(screen.getByText('Signed in as relais-agent')).toBeTruthy();
    expect(screen.getByText('12 queues to choose from')).toBeTruthy();
    expect(order).toEqual(['asked', 'tested']);
    const queue = screen.getByRole('combobox', { name: 'Default queue' });
    fireEvent.click(queue);
    fireEvent.click(screen.getByRole('option', { name: /Comptabilité/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(worker.of('endpoint.saved')).toHaveLength(1));
    expect(worker.of('endpoint.saved')[0]).toMatchObject({
      endpoint: { id: 'rt-2', recipe: 'rt', defaults: { queue: { label: 'Comptabilité' } } },
      secrets: { token: '1-23-secret' },
    });
    expect(JSON.stringify(settings())).not.toContain('1-23-secret');
  });

  it('speaks the language of the person as far as its recipe uses common words', async () => {
    speak('fr');
    await openOptions('#/systems/add/itop');
    expect(await screen.findByRole('textbox', { name: 'Adresse de votre iTop' })).toBeTruthy();
    expect(screen.getByText('Telle que vous l’ouvrez dans le navigateur.')).toBeTruthy();
    expect(screen.getByRole('textbox', { name: 'Nom d’utilisateur' })).toBeTruthy();
    expect(screen.getByLabelText('Mot de passe')).toBeTruthy();
    // What no other recipe says stays as it is written.
    expect(screen.getByRole('option', { name: 'User requests' })).toBeTruthy();
  });

  it('shows where people are sent back who sign in at its own page, to be registered there', async () => {
    const own: unknown = {
      version: 1,
      id: 'my-desk',
      name: 'Desk with sign-in',
      settings: [{ key: 'url', kind: 'url', label: 'Address', required: true }],
      note: 'none',
      fields: {},
      base: '{{ settings.url }}',
      auth: [
        { kind: 'oauth2', grant: 'code-pkce', authorize: '{{ settings.url }}/a', token: '{{ settings.url }}/t', client: { id: 'relais' } },
      ],
      test: [],
      create: [{ id: 'create', as: 'create', method: 'POST', path: '/t', out: { ticketId: 'id' } }],
      dedupe: { class: 'none' },
    };
    await openOptions('#/systems/add/my-desk', { start: { ...settings, recipes: [own as Settings['recipes'][number]] } });
    const address = await screen.findByRole('textbox', { name: 'Redirect address' });
    expect((address as HTMLInputElement).value).toBe('https://relais.chromiumapp.org/');
    expect((address as HTMLInputElement).readOnly).toBe(true);
    const writeText = vi.fn(async () => {});
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByText('Copied.')).toBeTruthy();
    expect(writeText).toHaveBeenCalledWith('https://relais.chromiumapp.org/');
  });

  it('asks for access within the click, the origin being known from typing', async () => {
    const { model, requested } = await openOptions('#/about');
    const { findRecipe } = await import('../../entrypoints/options/recipes.ts');
    const recipe = (await findRecipe('rt')) as Recipe;
    const tools = { origins: async () => ['https://rt.example.net'], isShown: async () => true };
    const form = createEndpointForm(
      model,
      tools,
      recipe,
      { ...draftFor(recipe, []), values: { url: 'https://rt.example.net' }, secrets: { token: 'x' } },
      [],
    );
    for (let step = 0; step < 10; step += 1) await Promise.resolve();
    const tested = form.runTest();
    expect(requested).toEqual([['https://rt.example.net']]);
    await tested;
  });

  it('is not tested without access', async () => {
    const { worker } = await openOptions('#/systems/edit/rt', { grants: false });
    fireEvent.click(await screen.findByRole('button', { name: 'Test connection' }));
    expect(await screen.findByText(/Without access to this address/)).toBeTruthy();
    expect(worker.of('endpoint.tested')).toHaveLength(0);
  });

  it('says which field is missing before it asks for anything', async () => {
    const { requested } = await openOptions('#/systems/add/rt');
    fireEvent.click(await screen.findByRole('button', { name: 'Test connection' }));
    expect((await screen.findAllByText('This is needed.')).length).toBeGreaterThan(0);
    expect(requested).toEqual([]);
  });

  it('never gets its stored token back, and keeps it when the field stays empty', async () => {
    const { worker } = await openOptions('#/systems/edit/rt');
    const token = (await screen.findByLabelText('Token')) as HTMLInputElement;
    expect(token.value).toBe('');
    expect(token.placeholder).toContain('Kept');
    expect(token.type).toBe('password');
    fireEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect((screen.getByLabelText('Token') as HTMLInputElement).type).toBe('text');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(worker.of('endpoint.saved')[0]).toMatchObject({ secrets: {} }));
  });

  it('warns of plain http', async () => {
    await openOptions('#/systems/add/rt');
    type(await screen.findByRole('textbox', { name: /^Address/ }), 'http://rt.intranet.example');
    expect(await screen.findByText(/This address is plain http/)).toBeTruthy();
  });

  it('says what is wrong in plain words', async () => {
    await openOptions('#/systems/edit/rt', {
      answers: { 'endpoint.tested': () => ({ ok: false, warnings: [], error: error('unauthorised', { said: 'Bad token' }) }) },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Test connection' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('does not accept this login');
    expect(alert.textContent).toContain('Bad token');
  });

  it('says what the doctor found: what is sure, what is only probable, and the system’s own words', async () => {
    await openOptions('#/systems/edit/rt', {
      answers: {
        'endpoint.tested': () => ({
          ok: false,
          warnings: [],
          error: error('offline', { said: 'no route' }),
          examined: { origin: 'https://rt.example.net', isAllowed: true, isOnline: true, tookMs: 5 },
        }),
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Test connection' }));
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByText('It is one of these, most likely the first:')).toBeTruthy();
    const guesses = within(alert).getAllByRole('listitem');
    expect(guesses[0]?.textContent).toMatch(/^The network does not know the name rt\.example\.net\./);
    expect(guesses[1]?.textContent).toMatch(/^The certificate of rt\.example\.net is not trusted\./);
    expect(alert.textContent).toContain('no route');
    expect(alert.textContent).not.toContain('sent by itself');
    cleanup();
    await openOptions('#/systems/edit/rt', {
      answers: {
        'endpoint.tested': () => ({
          ok: false,
          warnings: [],
          error: error('login-page'),
          examined: { origin: 'https://rt.example.net', tookMs: 5 },
        }),
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Test connection' }));
    expect((await screen.findByRole('alert')).textContent).not.toContain('Probably');
  });

  it('says why its queues can’t be listed, in its own words', async () => {
    await openOptions('#/systems/edit/rt', {
      answers: {
        'endpoint.tested': () => ({
          ok: true,
          warnings: [],
          queuesError: error('rejected', { status: 403, said: 'No right to see projects' }),
        }),
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Test connection' }));
    expect(await screen.findByText('No right to see projects')).toBeTruthy();
    expect(screen.queryByText(/It gives no list of queues/)).toBeNull();
  });

  it('is not called connected where nothing could be asked', async () => {
    const { worker } = await openOptions('#/systems/edit/rt', {
      answers: { 'endpoint.tested': () => ({ ok: true, untried: true, warnings: [] }) },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Test connection' }));
    expect(await screen.findByText('The address answers.')).toBeTruthy();
    expect(screen.queryByText('Connected.')).toBeNull();
    expect(worker.of('endpoint.tested')).toHaveLength(1);
  });

  it('offers defaults for what its system has', async () => {
    await openOptions('#/systems/add/mail');
    expect(await screen.findByRole('combobox', { name: 'Default queue' })).toBeTruthy();
    expect(screen.queryByRole('combobox', { name: 'Default priority' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Test connection' })).toBeNull();
    cleanup();
    await openOptions('#/systems/add/uvdesk');
    expect(await screen.findByRole('button', { name: 'Test connection' })).toBeTruthy();
    expect(screen.queryByRole('combobox', { name: 'Default queue' })).toBeNull();
  });

  it('is made the default, allowed again, removed after a question', async () => {
    const { settings, requested, worker } = await openOptions('#/systems');
    const second = within((await screen.findByRole('heading', { name: /Hotline/ })).closest('li') as HTMLElement);
    fireEvent.click(await second.findByRole('button', { name: 'Allow again' }));
    expect(requested).toEqual([['http://desk.intranet.example']]);
    fireEvent.click(second.getByRole('button', { name: 'Make default' }));
    await waitFor(() => expect(settings().defaultEndpoint).toBe('hotline'));
    cleanup();
    const again = await openOptions('#/systems/edit/rt');
    fireEvent.click(await screen.findByRole('button', { name: 'Remove' }));
    expect(again.worker.of('endpoint.removed')).toHaveLength(0);
    fireEvent.click(within(screen.getByRole('group', { name: 'Remove it and forget its login?' })).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(again.worker.of('endpoint.removed')).toEqual([{ endpointId: 'rt' }]));
    expect(worker.of('endpoint.removed')).toHaveLength(0);
  });
});
