import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laidOver, ownIn, parsePolicy } from '../../../utils/settings/policy.ts';
import { emptySettings, type Settings } from '../../../utils/settings/schema.ts';

const endpoint = (id: string, name = id) => ({ id, name, recipe: 'rt', values: { url: `https://${id}.example.org` }, defaults: {} });
const policyOf = (document: object) => parsePolicy({ ...document }).policy;
const rule = (id: string, name = '') => ({ id, name, when: { from: [`${id}.example`] }, give: {} });
const own: Settings = {
  ...emptySettings,
  endpoints: [endpoint('mine'), endpoint('company', 'Mine of the same name')],
  webmails: [{ origin: 'https://own.example.net' }],
  internalDomains: ['own.example.net'],
  rules: [rule('mine'), rule('company')],
  templates: [{ id: 'hello', name: 'Hello', text: 'Hello' }],
  undoSeconds: 3,
};

describe('a policy', () => {
  it('lays its lists before the person’s own, and its things over those of the same name', () => {
    const policy = policyOf({
      endpoints: [endpoint('company')],
      webmails: [{ origin: 'https://mail.example.org' }],
      internalDomains: ['example.org'],
      rules: [rule('company', 'Company')],
      templates: [{ id: 'bye', name: 'Bye', text: 'Bye' }],
    });
    const settings = laidOver(ownIn(own, policy), policy);
    expect(settings.endpoints.map(({ id, name }) => `${id}: ${name}`)).toEqual(['company: company', 'mine: mine']);
    expect(settings.webmails.map(({ origin }) => origin)).toEqual(['https://mail.example.org', 'https://own.example.net']);
    expect(settings.internalDomains).toEqual(['example.org', 'own.example.net']);
    expect(settings.rules.map(({ id, name }) => `${id}: ${name}`)).toEqual(['company: Company', 'mine: ']);
    expect(settings.templates.map(({ id }) => id)).toEqual(['bye', 'hello']);
  });

  it('is what a person begins with, and no more, where nothing is locked', () => {
    const policy = policyOf({ undoSeconds: 10, oneClick: false });
    expect(laidOver({}, policy)).toMatchObject({ undoSeconds: 10, oneClick: false });
    expect(laidOver({ undoSeconds: 3 }, policy)).toMatchObject({ undoSeconds: 3, oneClick: false });
    // Back to the built-in value is a choice too.
    const chosen = ownIn({ ...laidOver({}, policy), undoSeconds: emptySettings.undoSeconds }, policy);
    expect(laidOver(chosen, policy).undoSeconds).toBe(emptySettings.undoSeconds);
  });

  it('holds where it is locked, lists and values alike, and gives back what was chosen once it is gone', () => {
    const policy = policyOf({ endpoints: [endpoint('company')], undoSeconds: 10, locked: ['endpoints', 'undoSeconds'] });
    const chosen = ownIn(own, policyOf({}));
    const held = laidOver(chosen, policy);
    expect(held.endpoints.map(({ id }) => id)).toEqual(['company']);
    expect(held.undoSeconds).toBe(10);
    expect(laidOver(chosen, policyOf({})).endpoints.map(({ id }) => id)).toEqual(['mine', 'company']);
    expect(ownIn({ ...held, undoSeconds: 0 }, policy)).not.toHaveProperty('undoSeconds');
  });

  it.each<[string, object]>([
    ['locks it', { locked: ['endpoints', 'internalDomains', 'rules', 'templates', 'selectors', 'undoSeconds', 'oneClick'] }],
    ['lays its own over it', {}],
  ])('gives all of it back, whatever is stored while it %s', (_, locks) => {
    const selectors = { roundcube: { slot: '#own', thread: '#t' } };
    const chosen = { ...own, selectors, oneClick: false, internalDomains: ['own.example.net', 'example.org'] };
    const set = {
      endpoints: [endpoint('company')],
      internalDomains: ['example.org'],
      rules: [rule('company', 'Company')],
      templates: [{ id: 'bye', name: 'Bye', text: 'Bye' }],
      selectors: { roundcube: { slot: '#set' } },
      undoSeconds: 10,
      oneClick: false,
    };
    const policy = policyOf({ ...set, ...locks });
    let stored = ownIn(chosen, policyOf({}));
    // Another theme, and back again.
    for (const theme of ['dark', 'light'] as const) stored = ownIn({ ...laidOver(stored, policy), appearance: { theme } }, policy, stored);
    expect(laidOver(stored, policyOf({}))).toEqual({ ...chosen, appearance: { theme: 'light' } });
  });

  it('shows through when it changes: nothing of it is stored as the person’s own', () => {
    const before = policyOf({ endpoints: [endpoint('company')], undoSeconds: 10, selectors: { roundcube: { slot: '#a' } } });
    const stored = ownIn(laidOver({}, before), before);
    expect(stored).toEqual({});
    const after = policyOf({ endpoints: [endpoint('new')], selectors: { roundcube: { slot: '#b' } } });
    expect(laidOver(stored, after)).toEqual({ ...emptySettings, endpoints: [endpoint('new')], selectors: { roundcube: { slot: '#b' } } });
  });

  it('costs one setting where one is wrong, and says which', () => {
    const { policy, unreadable } = parsePolicy({
      undoSeconds: 'ten',
      webmails: [{ origin: 'https://mail.example.org/with/path' }],
      oneClick: false,
      whatever: 1,
      ['__proto__']: { polluted: true },
    });
    expect(unreadable).toEqual(['webmails.0.origin', 'undoSeconds']);
    expect(policy).toEqual({ oneClick: false, locked: [] });
    expect(laidOver({}, policy).webmails).toEqual([]);
  });

  it('may bring a recipe as text, which is all that Chromium lets through whole', () => {
    const recipe = { id: 'my-desk', name: 'Desk', create: [{ request: { url: '{{ url }}' } }] };
    const { policy, unreadable } = parsePolicy({ recipes: [JSON.stringify(recipe), { ...recipe, id: 'my-other' }] });
    expect(unreadable).toEqual([]);
    expect(policy.recipes).toEqual([recipe, { ...recipe, id: 'my-other' }]);
    expect(laidOver({}, policy).recipes).toHaveLength(2);
    for (const wrong of ['{"id": "my-desk"', '"my-desk"', JSON.stringify({ ...recipe, id: 'rt' })])
      expect(parsePolicy({ recipes: [wrong] })).toEqual({ unreadable: [expect.stringMatching(/^recipes\.0/)], policy: { locked: [] } });
  });

  it('never names a default that is not there', () => {
    expect(laidOver({}, policyOf({ defaultEndpoint: 'gone' }))).not.toHaveProperty('defaultEndpoint');
  });

  it('takes selectors one by one', () => {
    const policy = policyOf({ selectors: { roundcube: { slot: '#set' } } });
    const settings = laidOver({ selectors: { roundcube: { slot: '#own', thread: '#t' }, sogo: { slot: '#s' } } }, policy);
    expect(settings.selectors).toEqual({ roundcube: { slot: '#set', thread: '#t' }, sogo: { slot: '#s' } });
    expect(ownIn(settings, policy).selectors).toEqual({ roundcube: { thread: '#t' }, sogo: { slot: '#s' } });
  });

  it('and what a person chose give the same settings however often they are stored', () => {
    const ids = fc.constantFrom('a', 'b', 'c');
    const lists = fc.record(
      {
        endpoints: fc.uniqueArray(ids).map((found) => found.map((id) => endpoint(id))),
        internalDomains: fc.uniqueArray(ids),
        templates: fc.uniqueArray(ids).map((found) => found.map((id) => ({ id, name: id, text: '' }))),
        undoSeconds: fc.integer({ min: 0, max: 60 }),
        oneClick: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const locked = fc.uniqueArray(fc.constantFrom('endpoints', 'internalDomains', 'undoSeconds'));
    fc.assert(
      fc.property(lists, lists, locked, (chosen, set, names) => {
        const policy = policyOf({ ...set, locked: names });
        const once = laidOver(chosen, policy);
        expect(laidOver(ownIn(once, policy), policy)).toEqual(once);
      }),
    );
  });
});
