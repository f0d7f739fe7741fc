import { act, render } from '@testing-library/preact';
import { vi } from 'vitest';
import { App, type OptionsActs } from '../../entrypoints/options/App.tsx';
import { readDocument } from '../../entrypoints/options/import-places.ts';
import { createOptionsModel, type Permissions } from '../../entrypoints/options/model.ts';
import { readRoute } from '../../entrypoints/options/route.ts';
import type { ManagedView } from '../../utils/options-views.ts';
import type { Answer, Input, RouteName } from '../../utils/routes.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import { priorities, queues, settings as sample, secrets, tested, unmanaged } from '../support/preview/samples.ts';
import { fakeWorker } from './support.ts';

type Answers = { readonly [Name in RouteName]?: (input: Input<Name>) => Answer<Name> | Promise<Answer<Name>> };

interface Options {
  readonly start?: Settings;
  readonly answers?: Answers;
  readonly grants?: boolean;
  readonly managed?: Partial<ManagedView>;
}

/** The options over a worker that keeps the settings. */
export async function openOptions(hash: string, { start = sample, answers = {}, grants = true, managed = {} }: Options = {}) {
  let settings = start;
  const order: string[] = [];
  const worker = fakeWorker({
    'settings.opened': () => ({ settings, secrets, managed: { ...unmanaged, ...managed }, vault: 'none' }),
    'settings.saved': (input) => {
      settings = input.settings as Settings;
      return settings;
    },
    'checks.opened': () => ({}),
    'ledger.opened': () => ({ rows: [] }),
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
    allowNotifications: async () => grants,
    services: [
      {
        id: 'gmail',
        name: 'Gmail',
        adapter: 'gmail',
        origins: ['https://mail.google.com'],
        elsewhere: ['https://files.example.com'],
      },
      { id: 'orange', name: 'Orange', origins: ['https://mail.orange.fr', 'https://mail01.orange.fr'] },
    ],
    webmailName: (adapter) => (adapter === 'roundcube' ? 'Roundcube' : 'Recognised'),
    download: vi.fn(),
    exportAll: vi.fn(async () => {}),
    now: Date.now,
    redirect: () => 'https://relais.chromiumapp.org/',
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
