import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outputFolder } from '../support/bundle.ts';
import { type Source, sourcesIn } from '../support/sources.ts';

const sources = sourcesIn('entrypoints', 'components', 'utils');

function breaking(pattern: RegExp, where: (source: Source) => boolean): string[] {
  return sources.filter((source) => where(source) && pattern.test(source.code)).map((source) => source.path);
}
const outside =
  (...paths: string[]) =>
  (source: Source) =>
    !paths.includes(source.path);
const inside =
  (...paths: string[]) =>
  (source: Source) =>
    paths.some((path) => source.path.startsWith(path));

describe('source files', () => {
  it('are found at all', () => {
    expect(sources.length).toBeGreaterThan(50);
  });

  it('make markup from text in the sanitiser only', () => {
    expect(
      breaking(
        /(?:inner|outer)HTML\s*\+?=(?!=)|dangerouslySetInnerHTML|insertAdjacentHTML|document\.write|createContextualFragment|setHTMLUnsafe/,
        outside('utils/mail/sanitise.ts'),
      ),
    ).toEqual([]);
  });

  it('reach the network through two doors only; a third opens nothing but the package', () => {
    const doors = outside('utils/http.ts', 'utils/page/source.ts', 'utils/packaged.ts');
    expect(breaking(/(?<![.\w])fetch\s*\((?!\w+\??:)|(?:globalThis|window|self)\.fetch\b|from 'ky'/, doors)).toEqual([]);
    const others =
      /XMLHttpRequest|sendBeacon|importScripts|new (?:WebSocket|EventSource|WebTransport|RTCPeerConnection|Image|Audio|Worker|SharedWorker)\b|downloads\.download|\bimport\(\s*['"`]https?:/;
    expect(breaking(others, () => true)).toEqual([]);
    // The window for signing in, which writes itself into the ledger.
    expect(breaking(/launchWebAuthFlow/, outside('utils/worker/sign-in.ts'))).toEqual([]);
  });

  it("use no timers in the worker, which a stopped worker forgets: alarms, or the answer's own time-out", () => {
    expect(
      breaking(/\bset(?:Timeout|Interval)\b/, inside('utils/outbox/', 'utils/recipes/', 'utils/settings/', 'entrypoints/background')),
    ).toEqual([]);
  });

  it('start the worker with the browser: without a listener for it nothing would, and no webmail would have its button', () => {
    expect(sources.some(({ path, code }) => path.startsWith('utils/worker/') && /runtime\.onStartup\.addListener\(/.test(code))).toBe(true);
  });

  it('generate no code', () => {
    expect(breaking(/\beval\s*\(|new Function\b/, () => true)).toEqual([]);
  });

  it('stay small enough to be read in one sitting', () => {
    const limit = ({ path }: Source) => (/^utils\/webmail\/(?!adapter|index|find)/.test(path) ? 150 : 250);
    expect(sources.filter((source) => source.text.split('\n').length - 1 > limit(source)).map((source) => source.path)).toEqual([]);
  });
});

describe('SECURITY.md', () => {
  const root = join(import.meta.dirname, '..', '..');
  const document = readFileSync(join(root, 'SECURITY.md'), 'utf8');
  const threats = document.split('\n').filter((line) => /^\| (?:\*\*|…)/.test(line));

  it('names a test for each threat, or the one above', () => {
    expect(threats.length).toBeGreaterThan(15);
    expect(threats.filter((line) => !/\.test\.tsx?`|\| same/.test(line))).toEqual([]);
  });

  it('names no test that is not there', () => {
    // A name without its folder lies in that of the one before it.
    let folder = '';
    const named = [...document.matchAll(/`([\w./-]+\.test\.tsx?)`/g)].map(([, name = '']) => {
      if (name.includes('/')) folder = dirname(name);
      return name.includes('/') ? name : `${folder}/${name}`;
    });
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('names no command that is not there', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const named = [...document.matchAll(/`npm run ([\w:]+)`/g)].map(([, name = '']) => name);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

/** Folder or file → what it may import at run time, besides itself. Types may come from anywhere that is not an entrypoint. */
const directions: Readonly<Record<string, readonly string[]>> = {
  'utils/core': [],
  'utils/mail': ['utils/core'],
  'utils/page': ['utils/core', 'utils/webmail', 'utils/messaging.ts'],
  'utils/webmail': ['utils/core', 'utils/page'],
  'utils/recipes': ['utils/core', 'utils/http.ts', 'utils/packaged.ts'],
  'utils/settings': ['utils/core', 'utils/browser.ts', 'utils/bucket.ts'],
  'utils/outbox': [
    'utils/core',
    'utils/recipes',
    'utils/settings',
    'utils/http.ts',
    'utils/ledger.ts',
    'utils/browser.ts',
    'utils/bucket.ts',
  ],
  'utils/ui': ['utils/core', 'utils/i18n.ts', 'utils/ask.ts', 'utils/browser.ts', 'utils/messaging.ts'],
  // The editor of recipes is a form over pure functions: what is typed gives another sketch. So is the doctor's diagnosis.
  components: ['utils/core', 'utils/ui', 'utils/i18n.ts', 'utils/recipes/editor', 'utils/recipes/doctor.ts'],
};

describe('imports', () => {
  const graph = new Map(sources.map((source) => [source.path, source.imports]));

  it.each(Object.keys(directions))('of %s go one way', (from) => {
    const allowed = [from, ...(directions[from] ?? [])];
    const own = sources.filter((source) => source.path.startsWith(`${from}/`));
    const strays = own.flatMap((source) =>
      source.imports
        .filter((path) => !allowed.some((to) => path === to || path.startsWith(`${to}/`)))
        .map((path) => `${source.path} → ${path}`),
    );
    expect(strays).toEqual([]);
  });

  it('never reach into an entrypoint from outside, nor into tests', () => {
    const strays = sources.flatMap((source) =>
      [...source.imports, ...source.typeImports]
        .filter((path) => /^tests\//.test(path) || (/^entrypoints\//.test(path) && !/^entrypoints\//.test(source.path)))
        .map((path) => `${source.path} → ${path}`),
    );
    expect(strays).toEqual([]);
  });

  it('keep the DOM sanitiser out of every folder but mail', () => {
    expect(
      sources
        .filter((source) => /from 'dompurify'|from 'postal-mime'/.test(source.code) && !source.path.startsWith('utils/mail/'))
        .map((source) => source.path),
    ).toEqual([]);
  });

  it('keep the polyfill behind one file', () => {
    expect(
      sources
        .filter((source) => /from 'webextension-polyfill'/.test(source.code) && source.path !== 'utils/browser.ts')
        .map((source) => source.path),
    ).toEqual([]);
  });

  it('have no cycles', () => {
    const done = new Set<string>();
    const walk = (path: string, above: readonly string[]): string[] => {
      if (above.includes(path)) return [[...above.slice(above.indexOf(path)), path].join(' → ')];
      if (done.has(path)) return [];
      const found = (graph.get(path) ?? []).flatMap((next) => walk(next, [...above, path]));
      done.add(path);
      return found;
    };
    expect([...graph.keys()].flatMap((path) => walk(path, []))).toEqual([]);
  });
});

describe.each(['chrome-mv3', 'firefox-mv3'] as const)('built files of %s', (target) => {
  const scripts = readdirSync(outputFolder(target), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));

  it('generate no code', () => {
    expect(
      scripts.filter((name) =>
        /\beval\s*\(|new Function\b|\bFunction\s*\(["'`]/.test(readFileSync(join(outputFolder(target), name), 'utf8')),
      ),
    ).toEqual([]);
  });

  it('carry every recipe as a file of its own, and none inside a script', () => {
    const names = readdirSync(join(import.meta.dirname, '..', '..', 'utils', 'recipes', 'systems'));
    expect(readdirSync(join(outputFolder(target), 'recipes')).toSorted()).toEqual(['catalogue.json', ...names].toSorted());
    const mark = 'GenericTicketConnectorREST';
    expect(readFileSync(join(outputFolder(target), 'recipes', 'znuny.json'), 'utf8')).toContain(mark);
    expect(scripts.filter((name) => readFileSync(join(outputFolder(target), name), 'utf8').includes(mark))).toEqual([]);
  });

  it('load nothing from other places', () => {
    const loads = /\bimport\s*\(\s*["'`]https?:|importScripts\s*\(\s*["'`]https?:|<script[^>]+src=["']https?:/;
    expect(scripts.filter((name) => loads.test(readFileSync(join(outputFolder(target), name), 'utf8')))).toEqual([]);
  });
});
