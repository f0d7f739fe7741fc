/**
 * Lays the pictures of docs/screens out for the extension stores: 1280 × 800, a sentence beside each, in English and French,
 * to docs/store.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../scripts/chromium.ts';

const root = new URL('../../', import.meta.url).pathname;

/** Picture → what it shows, by language. */
const pictures = {
  'popup-ready': {
    en: 'One click sends the whole thread: every message, its files, its original.',
    fr: 'Un clic envoie tout le fil : chaque message, ses fichiers, son original.',
  },
  'popup-outbox': {
    en: 'Nothing is lost. What can’t go now waits, and goes by itself.',
    fr: 'Rien ne se perd. Ce qui ne peut partir attend, et part tout seul.',
  },
  'popup-tickets': {
    en: 'It tells you: number, queue, owner, state, and what has changed.',
    fr: 'Il vous répond : numéro, file, responsable, état, et ce qui a changé.',
  },
  'options-systems': {
    en: 'Your ticket system. No account, no server of ours.',
    fr: 'Votre outil de tickets. Ni compte, ni serveur tiers.',
  },
} as const;

const style = `
  body { box-sizing: border-box; width: 1280px; height: 800px; margin: 0; padding: 0 64px; display: flex; align-items: center; gap: 56px;
    font: 34px/1.35 system-ui, sans-serif; color: #16202c; background: linear-gradient(135deg, #eef3f8, #d8e3ee); }
  .words { flex: 1; }
  .brand { display: flex; align-items: center; gap: 16px; margin: 0 0 32px; font-size: 30px; font-weight: 600; }
  .brand img { width: 56px; }
  p { margin: 0; }
  .screen { border-radius: 12px; box-shadow: 0 12px 48px rgb(22 32 44 / 30%); }
  .popup { height: 680px; }
  .options { width: 780px; }`;

const dataOf = (type: string, path: string) => `data:${type};base64,${readFileSync(join(root, path)).toString('base64')}`;
const icon = dataOf('image/svg+xml', 'public/icons/relais.svg');

/** Once the pictures of docs/screens are taken. */
export async function layOutForStores(): Promise<void> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    for (const language of ['en', 'fr'] as const)
      for (const [index, [name, sentences]] of Object.entries(pictures).entries()) {
        const screen = dataOf('image/png', `docs/screens/${name}-${language}-light.png`);
        await page.setContent(
          `<html lang="${language}"><style>${style}</style><body><div class="words"><p class="brand"><img src="${icon}" alt="">Relais</p>` +
            `<p>${sentences[language]}</p></div><img class="screen ${name.split('-')[0]}" src="${screen}" alt="">`,
        );
        await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
        await page.screenshot({ path: join(root, `docs/store/${language}-${index + 1}.png`) });
      }
  } finally {
    await browser.close();
  }
}
