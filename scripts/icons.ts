/** Draws the PNG icons from `public/icons/relais.svg` with a Chromium: `npx node scripts/icons.ts`. Run after changing the drawing. */
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { ensureChromium } from './chromium.ts';

const folder = new URL('../public/icons/', import.meta.url);
const sizes = [16, 32, 48, 96, 128];

const drawing = (await readFile(new URL('relais.svg', folder))).toString('base64');
const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage();
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>body{margin:0}img{display:block}</style><img width="${size}" height="${size}" src="data:image/svg+xml;base64,${drawing}">`,
    );
    await page.waitForFunction(() => document.images[0]?.complete);
    await writeFile(new URL(`${size}.png`, folder), await page.screenshot({ omitBackground: true }));
  }
} finally {
  await browser.close();
}
