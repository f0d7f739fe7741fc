/** Three throwaway extensions, each with nothing but a script for Gmail's pages: ours, InboxSDK, gmail.js. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { packagedWebmails } from '../../../scripts/packaged-webmails.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const inboxSdk = dirname(fileURLToPath(import.meta.resolve('@inboxsdk/core')));
const gmailJs = fileURLToPath(import.meta.resolve('gmail-js'));

export interface Script {
  readonly folder: string;
  /** All that the page's process has to take in, compressed. */
  readonly gzipBytes: number;
}

export const names = ['relais', 'inboxsdk', 'gmailjs'] as const;
export type Name = (typeof names)[number];

/** Writes the extension of this name below `folder`. */
export async function writeExtension(name: Name, folder: string): Promise<Script> {
  mkdirSync(folder, { recursive: true });
  const entry = join(folder, 'entry.js');
  writeFileSync(entry, entries[name]);
  const bytes = await bundle(entry, folder);
  const isInboxSdk = name === 'inboxsdk';
  // InboxSDK puts a second script into the page's own world.
  if (isInboxSdk) copyFileSync(join(inboxSdk, 'pageWorld.js'), join(folder, 'pageWorld.js'));
  const second = isInboxSdk ? gzipped(join(folder, 'pageWorld.js')) : 0;
  const worker = isInboxSdk ? 'background.js' : 'worker.js';
  if (isInboxSdk) copyFileSync(join(inboxSdk, 'background.js'), join(folder, worker));
  else writeFileSync(join(folder, worker), answering((await packagedWebmails()).contents));
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name,
      version: '1',
      permissions: ['scripting'],
      host_permissions: ['https://mail.google.com/*'],
      background: { service_worker: worker },
      content_scripts: [
        {
          matches: ['https://mail.google.com/*'],
          js: ['script.js'],
          run_at: 'document_end',
          ...(name === 'gmailjs' ? { world: 'MAIN' } : {}),
        },
      ],
    }),
  );
  return { folder, gzipBytes: bytes + second };
}

const entries: Readonly<Record<Name, string>> = {
  relais: `import script from ${JSON.stringify(join(root, 'entrypoints', 'webmail.content.ts'))};\nscript.main();\n`,
  // What their own first examples do: a listener for opened messages, and a button.
  inboxsdk: `import * as InboxSDK from ${JSON.stringify(join(inboxSdk, 'inboxsdk.js'))};
InboxSDK.load(2, 'sdk_relais_bench', { eventTracking: false }).then((sdk) => {
  sdk.Conversations.registerThreadViewHandler((thread) => thread.addLabel?.());
  sdk.Toolbars.registerThreadButton({ title: 'Send', positions: ['THREAD'], onClick() {} });
});\n`,
  gmailjs: `import { Gmail } from ${JSON.stringify(gmailJs)};
const gmail = new Gmail(false);
gmail.observe.on('load', () => gmail.observe.on_dom('view_thread', () => {}));\n`,
};

/** Answers what our script asks, as the worker does. */
const answering = (pages: string) => `const pages = ${pages};
chrome.runtime.onMessage.addListener(({ name }, _sender, reply) => {
  reply({ ok: true, value: name === 'page.loaded' ? pages : { phase: 'idle' } });
});\n`;

async function bundle(entry: string, outDir: string): Promise<number> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'es2022',
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      write: true,
      lib: { entry, formats: ['iife'], name: 'bench', fileName: () => 'script.js' },
    },
  });
  return gzipped(join(outDir, 'script.js'));
}

function gzipped(file: string): number {
  return gzipSync(readFileSync(file), { level: 9 }).byteLength;
}
