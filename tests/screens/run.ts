/**
 * Photographs every screen of the built extension in Chromium, light and dark, in every language: `npm run screenshots`, for docs/screens
 * and, from those, docs/store; `npm run screenshots -- --languages de,es --folder .output/screens` in some only, to look at.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tool } from '../../scripts/tool.ts';
import { openOffice } from './office.ts';
import { takeAll } from './screens.ts';
import { layOutForStores } from './store.ts';
import { languages } from './typed.ts';

const documented = join(import.meta.dirname, '../../docs/screens');

const { values } = parseArgs({
  options: { languages: { type: 'string', default: languages.join() }, folder: { type: 'string', default: documented } },
});
if ((await tool('wxt', ['build'], 'errors')) !== 0) process.exit(1);
for (const language of values.languages.split(',')) {
  const start = performance.now();
  const office = await openOffice(language, values.folder);
  try {
    await takeAll(office);
  } finally {
    await office.close();
  }
  console.log(`relais: the pictures in ${language} took ${Math.round((performance.now() - start) / 1000)} s`);
}
if (values.folder === documented) await layOutForStores();
process.exit();
