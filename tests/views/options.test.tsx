// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App, type OptionsActs } from '../../entrypoints/options/App.tsx';
import { createEndpointForm, draftFor } from '../../entrypoints/options/endpoint-form.ts';
import { readDocument } from '../../entrypoints/options/import-places.ts';
import { createOptionsModel, type Permissions } from '../../entrypoints/options/model.ts';
import { readRoute } from '../../entrypoints/options/route.ts';
import type { Recipe } from '../../utils/recipes/recipe.ts';
import type { Answer, Input, RouteName } from '../../utils/routes.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import { error, priorities, queues, settings as sample, secrets, tested } from '../support/preview/samples.ts';
import { barriers, fakeWorker, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(cleanup);

type Answers = { readonly [Name in RouteName]?: (input: Input<Name>) => Answer<Name> | Promise<Answer<Name>> };

/** The options over a worker that keeps the settings. */
async function openOptions(
  hash: string,
  { start = sample, answers = {}, grants = true }: { start?: Settings; answers?: Answers; grants?: boolean } = {},
) {
  let settings = start;
  const order: string[] = [];
  const worker = fakeWorker({
    'settings.opened': () => ({ settings, secrets }),
    'settings.saved': (input) => {
      settings = input.settings as Settings;
      return settings;
    },
    'endpoint.tested': () => {
      order.push('tested');
      return tested;
    },
    'endpoint.saved': ({ endpoint }) => {
      order.push('saved');
      settings = {
        ...settings,
        endpoints: [...settings.endpoints.filter(({ id }) => id !== endpoint.id), endpoint as Settings['endpoints'][number]],
      };
      return settings;
    },
    'endpoint.removed': ({ endpointId }) => {
      settings = { ...settings, endpoints: settings.endpoints.filter(({ id }) => id !== endpointId) };
      return settings;
    },
    'list.opened': ({ list }) => (list === 'queues' ? queues : priorities),
    'settings.exported': () => settings,
    'settings.imported': ({ document }) => {
      settings = document as Settings;
      return settings;
    },
    ...answers,
  });
  const requested: string[][] = [];
  const permissions: Permissions = {
    has: async (origin) => !origin.includes('intranet'),
    request(origins) {
      order.push('asked');
      requested.push([...origins]);
      return Promise.resolve(grants);
    },
    remove: vi.fn(async () => {}),
  };
  const { originsOf } = await import('../../entrypoints/options/recipes.ts');
  const model = createOptionsModel(worker.ask, permissions, originsOf);
  const acts: OptionsActs = {
    ask: worker.ask,
    version: '0.1.0',
    webmailName: (adapter) => (adapter === 'roundcube' ? 'Roundcube' : 'Recognised'),
    download: vi.fn(),
    now: Date.now,
    async importText(text) {
      const read = readDocument(text);
      if (!read.ok) return read.places;
      await model.importDocument(read.document);
      return [];
    },
  };
  render(<App model={model} route={readRoute(hash)} acts={acts} />);
  await act(() => model.refresh());
  return { worker, model, acts, permissions, requested, order, settings: () => settings };
}

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

  it('asks for access within the click, the origin being known from typing', async () => {
    const { model, requested } = await openOptions('#/about');
    const { recipeOf } = await import('../../entrypoints/options/recipes.ts');
    const recipe = recipeOf('rt') as Recipe;
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
