/** Puts the button script's texts into the locales: `npx node scripts/locales.ts`. Run after changing `utils/page/locales`. */
import { readFile, writeFile } from 'node:fs/promises';

type Texts = Record<string, { readonly message: string }>;

const read = async (path: string): Promise<Texts> => JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'));

for (const language of ['en', 'fr', 'de', 'es', 'it', 'nl', 'pt_BR']) {
  const target = `../public/_locales/${language}/messages.json`;
  const texts = await read(target);
  const button = await read(`../utils/page/locales/${language}.json`);
  const own = Object.entries(texts).filter(([key]) => !key.startsWith('button_'));
  const merged = [...own, ...Object.entries(button).map(([key, { message }]) => [key, { message }] as const)];
  const lines = merged.map(([key, { message }]) => `  ${JSON.stringify(key)}: { "message": ${JSON.stringify(message)} }`);
  await writeFile(new URL(target, import.meta.url), `{\n${lines.join(',\n')}\n}\n`);
}
