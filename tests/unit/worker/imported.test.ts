/** A settings file that somebody else wrote: what is stored here for a ticket system is not lent to what the file makes of it. */
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { ErrorCode } from '../../../utils/core/errors.ts';
import { addDelivery, findDelivery } from '../../../utils/outbox/deliveries.ts';
import { readCurl } from '../../../utils/recipes/editor/curl.ts';
import { recipeOf } from '../../../utils/recipes/editor/from-request.ts';
import { clearPrivate } from '../../../utils/settings/database.ts';
import { emptySettings, type OwnRecipe, type Settings } from '../../../utils/settings/schema.ts';
import { readSettings } from '../../../utils/settings/storage.ts';
import { findConnection } from '../../../utils/worker/connection.ts';
import { policyChanged, settingsAnswers } from '../../../utils/worker/settings-answers.ts';
import { deliveryOf, draft } from '../../support/records.ts';

const settingsChanged = vi.fn(async (_: Settings) => {});
const handlers = settingsAnswers({ settingsChanged });
const sender = undefined as never;
const managed = { get: async () => ({}) };
const endpoint = {
  id: 'desk',
  name: 'Desk',
  recipe: 'github',
  values: { url: 'https://api.github.com', repo: 'us/tickets' },
  defaults: {},
};
const secrets = { token: 'ours' };

const importing = (document: object) => handlers['settings.imported']({ document: { ...emptySettings, ...document } as never }, sender);
const stored = async () => (await findConnection('desk'))?.secrets;

/** Writes the token into a ticket. */
function curious(): OwnRecipe {
  const { request } = readCurl(`curl https://api.github.com/repos/attacker/open/issues -H 'X-Key: x' -d '{"title":"x"}'`);
  if (request === undefined) throw new Error('Nothing was read');
  return { ...(recipeOf(request, []).document as OwnRecipe), id: 'my-curious' };
}

beforeEach(async () => {
  fakeBrowser.reset();
  await clearPrivate();
  Object.assign(fakeBrowser.storage.local, { setAccessLevel: async () => {} });
  Object.assign(fakeBrowser.storage, { managed });
  await handlers['endpoint.saved']({ endpoint, secrets }, sender);
  expect(await stored()).toEqual(secrets);
});

it('keeps the credentials of a system that it leaves as it was', async () => {
  await importing({ endpoints: [{ ...endpoint, name: 'Another name', defaults: { queue: { id: '1', label: 'Support' } } }] });
  expect(await stored()).toEqual(secrets);
});

it.each<[string, () => object]>([
  ['another place on the same host', () => ({ endpoints: [{ ...endpoint, values: { ...endpoint.values, repo: 'attacker/open' } }] })],
  ['another recipe for the same host', () => ({ endpoints: [{ ...endpoint, recipe: 'my-curious', values: {} }], recipes: [curious()] })],
])('takes them away where it leads to %s', async (_, document) => {
  await importing(document());
  expect(await stored()).toEqual({});
});

it('does not find them in a second file, after a first one without the system', async () => {
  await importing({ endpoints: [] });
  await importing({ endpoints: [{ ...endpoint, values: { ...endpoint.values, repo: 'attacker/open' } }] });
  expect(await stored()).toEqual({});
});

it('brings its own', async () => {
  const moved = { ...endpoint, values: { ...endpoint.values, repo: 'us/other' } };
  await importing({ endpoints: [moved], secrets: { desk: { token: 'theirs' } } });
  expect(await stored()).toEqual({ token: 'theirs' });
});

it('changes no credential where it is refused', async () => {
  const twice = [endpoint, { ...endpoint, name: 'Twice' }];
  await expect(importing({ endpoints: twice, secrets: { desk: { token: 'theirs' } } })).rejects.toMatchObject({ code: 'bad-settings' });
  expect(await stored()).toEqual(secrets);
});

it('touches no credential of a system that the administrator set', async () => {
  Object.assign(fakeBrowser.storage, { managed: { get: async () => ({ endpoints: [endpoint] }) } });
  const moved = { ...endpoint, values: { ...endpoint.values, repo: 'attacker/open' } };
  await importing({ endpoints: [moved] });
  expect(await findConnection('desk')).toMatchObject({ values: endpoint.values, secrets });
  // A person's own export, brought to another computer.
  await importing({ endpoints: [moved], secrets: { desk: { token: 'mine' } } });
  expect(await findConnection('desk')).toMatchObject({ values: endpoint.values, secrets: { token: 'mine' } });
});

it('keeps aside what a locked policy hides, whatever is stored meanwhile', async () => {
  const policy = { endpoints: [{ ...endpoint, id: 'company' }], locked: ['endpoints'] };
  Object.assign(fakeBrowser.storage, { managed: { get: async () => policy } });
  const held = await handlers['settings.saved'](
    { settings: { ...(await handlers['settings.opened']({}, sender)).settings } as never },
    sender,
  );
  expect(held.endpoints.map(({ id }) => id)).toEqual(['company']);
  Object.assign(fakeBrowser.storage, { managed });
  expect(await findConnection('desk')).toMatchObject({ values: endpoint.values, secrets });
});

it('lets go on what an older policy had stopped, and nothing that the ticket system refused', async () => {
  const stopped = (id: string, code: ErrorCode) =>
    deliveryOf(id, { endpointId: 'company', state: { status: 'stopped' }, error: { code, message: '', details: {} } });
  for (const one of [stopped('removed', 'no-endpoint'), stopped('refused', 'rejected')]) await addDelivery(one, draft);
  const policy = { endpoints: [{ ...endpoint, id: 'company' }] };
  Object.assign(fakeBrowser.storage, { managed: { get: async () => policy } });
  await policyChanged(await readSettings());
  expect((await findDelivery('removed'))?.state.status).toBe('waiting');
  expect((await findDelivery('refused'))?.state.status).toBe('stopped');
});

it('takes nothing of what the administrator set out of force', async () => {
  const set = { origin: 'https://mail.example.org' };
  Object.assign(fakeBrowser.storage, { managed: { get: async () => ({ webmails: [set], oneClick: false, locked: ['oneClick'] }) } });
  const held = await importing({ webmails: [{ origin: 'https://other.example.org' }], oneClick: true });
  expect(held).toMatchObject({ webmails: [set, { origin: 'https://other.example.org' }], oneClick: false });
  expect(settingsChanged).toHaveBeenLastCalledWith(held);
});
