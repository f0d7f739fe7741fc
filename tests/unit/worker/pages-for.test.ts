import { describe, expect, it } from 'vitest';
import { packagedWebmails } from '../../../scripts/packaged-webmails.ts';
import type { WebmailPage } from '../../../utils/core/webmail-page.ts';
import { emptySettings } from '../../../utils/settings/schema.ts';
import { pages } from '../../../utils/webmail/index.ts';
import { providers } from '../../../utils/webmail/providers.ts';
import { pagesFor, withSelectors } from '../../../utils/worker/pages-for.ts';

const ids = (origin: string, settings = emptySettings) => pagesFor(pages, origin, settings).map(({ id }) => id);

describe('pagesFor', () => {
  it('gives a hosted service its own adapter alone', () => {
    expect(ids('https://mail.google.com')).toEqual(['gmail']);
  });

  it('gives any other page all that can be recognised by marks', () => {
    const given = ids('https://mail.example.org');
    expect(given).toContain('roundcube');
    expect(given).toContain('outlook');
    expect(given).toContain('generic');
    expect(given).not.toContain('gmail');
  });

  it('gives the adapter that the settings name for an origin', () => {
    const settings = { ...emptySettings, webmails: [{ origin: 'https://mail.example.org', adapter: 'roundcube' }] };
    expect(ids('https://mail.example.org', settings)).toEqual(['roundcube']);
  });

  it('lays the selectors of the settings over the adapter', () => {
    const settings = { ...emptySettings, selectors: { gmail: { body: '.newBody', slot: '.newBar', thread: '[data-new]', nothing: 'x' } } };
    const [gmail] = pagesFor(pages, 'https://mail.google.com', settings);
    expect(gmail?.selectors?.body?.css.slice(0, 2)).toEqual(['.newBody', 'div.ii.gt div.a3s']);
    expect(gmail?.slots[0]).toMatchObject({ selector: '.newBar', where: 'append' });
    expect(gmail?.thread[0]).toEqual({ selector: '[data-new]', attribute: 'data-legacy-thread-id' });
    expect(gmail?.selectors).not.toHaveProperty('nothing');
    const { people: _, ...known } = pages.find(({ id }) => id === 'gmail') ?? pages[0] ?? {};
    expect(pagesFor(pages, 'https://mail.google.com', emptySettings)[0]).toEqual(known);
  });

  it('has people read only where the person wants to be reminded of some', () => {
    const peopleIn = (nudgeFor: string[]) => pagesFor(pages, 'https://mail.google.com', { ...emptySettings, nudgeFor })[0]?.people;
    expect(peopleIn([])).toBeUndefined();
    expect(peopleIn(['client.example'])).toEqual(pages.find(({ id }) => id === 'gmail')?.people);
    expect(peopleIn(['client.example'])).toBeDefined();
  });

  it('is not fooled by names that every object has', () => {
    const gmail = pages.find(({ id }) => id === 'gmail');
    if (!gmail) throw new Error('no Gmail');
    const css = ['a'];
    const [[, laid] = []] = Object.entries(
      withSelectors({ ...gmail, selectors: { constructor: { css, since: '2026-11' } } }, {}).selectors ?? {},
    );
    expect(laid?.css).toEqual(css);
  });
});

describe('where webmails live', () => {
  it('is an origin each, and belongs to one of them', () => {
    const origins = [...pages, ...providers].flatMap((one) => one.origins);
    expect(origins.filter((origin) => new URL(origin).origin !== origin)).toEqual([]);
    expect(new Set(origins).size).toBe(origins.length);
  });
});

describe('the package', () => {
  it('carries the data of every adapter, as it is', async () => {
    const { contents } = await packagedWebmails();
    const byId = (list: readonly WebmailPage[]) => [...list].sort((one, other) => one.id.localeCompare(other.id));
    expect(byId(JSON.parse(contents))).toEqual(byId(pages));
  });
});
