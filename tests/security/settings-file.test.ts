/** Files that want to be settings: refused whole and in words, and no credential goes with them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, type Session } from '../support/chromium.ts';
import { json, type LocalServer, serve } from '../support/local-server.ts';
import { grant } from '../support/permissions.ts';
import { loopback } from '../support/rig.ts';
import { ask } from '../support/settings.ts';

const token = 'a-token-that-is-mine';
let session: Session;
let system: LocalServer;
/** Another origin, let in like the system's: only Relais itself keeps it out. */
let elsewhere: LocalServer;
const strayed: string[] = [];

beforeAll(async () => {
  elsewhere = await serve((request, response) => {
    if (JSON.stringify([request.headers, request.url]).includes(token)) strayed.push(request.url ?? '');
    json(response, 200, {});
  });
  system = await serve((_request, response) => json(response, 200, {}));
  session = await launch();
  await grant(session, [loopback]);
});
afterAll(async () => {
  await session?.close();
  await Promise.all([system?.close(), elsewhere?.close()]);
});

const known = () => ({
  id: 'moved',
  name: 'Desk',
  recipe: 'rest',
  values: { url: `${system.origin}/tickets`, auth: 'bearer', testUrl: `${system.origin}/` },
  defaults: {},
});

describe('a settings file', () => {
  const importing = (document: object) => ask(session, 'settings.imported', { document });

  it.each([
    ['a recipe that is none of ours', { endpoints: [{ id: 'x', name: 'x', recipe: '../../evil', values: {} }] }],
    ['an address that is a script', { webmails: [{ origin: 'javascript:alert(1)' }] }],
    ['an id that is a path', { endpoints: [{ id: '../x', name: 'x', recipe: 'rest', values: {} }] }],
    ['two systems of one id', { endpoints: [1, 2].map(() => ({ id: 'x', name: 'x', recipe: 'rest', values: {} })) }],
    ['values that are no text', { endpoints: [{ id: 'x', name: 'x', recipe: 'rest', values: { url: { toString: 1 } } }] }],
  ])('with %s is refused whole', async (_, change) => {
    const before = await ask(session, 'settings.opened', {});
    await expect(importing({ version: 1, oneClick: false, ...change })).rejects.toThrow(/bad-settings|forbidden-message/);
    expect(await ask(session, 'settings.opened', {})).toEqual(before);
  });

  it('that moves a known system to another address takes its credentials not along', async () => {
    await ask(session, 'endpoint.saved', { endpoint: known(), secrets: { token } });
    const moved = {
      ...known(),
      values: { url: `${elsewhere.origin}/tickets`, auth: 'bearer', testUrl: `${elsewhere.origin}/moved` },
    };
    await importing({ version: 1, endpoints: [moved] });
    const exported = (await ask(session, 'settings.exported', { withSecrets: true })) as { readonly secrets: object };
    expect(exported.secrets).toEqual({ moved: {} });
    await ask(session, 'endpoint.tested', { endpoint: moved, secrets: {} });
    expect(strayed).toEqual([]);
  });
});
