/** One byte of a store is flipped while the browser is closed, with deliveries waiting: nothing may be lost or doubled. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { journalName } from '../../utils/outbox/journal.ts';
import { extensionId } from '../support/extension.ts';
import { type Counted, count } from './count.ts';
import { layGround, type SystemName } from './ground.ts';
import { createPerson } from './person.ts';

/** The two homes: the origin's own IndexedDB, and the one in a storage bucket. */
export const corruptions = ['first', 'second'] as const;
type Home = (typeof corruptions)[number];

export interface CorruptionOptions {
  readonly home: Home;
  readonly captures: number;
  readonly seed: number;
  readonly systems: readonly SystemName[];
  readonly say?: (line: string) => void;
}

export interface CorruptionResult extends Omit<Counted, 'troubles'> {
  readonly corrupted: Home;
  readonly captures: number;
  /** The browser threw the damaged database away: without that the run shows nothing. */
  readonly dropped: boolean;
  readonly unsure_left: number;
  readonly stories: readonly { mark: string; what: string; detail: string; events: readonly string[] }[];
  readonly left: readonly string[];
}

export async function runCorruption({
  home,
  captures,
  seed,
  systems,
  say = () => undefined,
}: CorruptionOptions): Promise<CorruptionResult> {
  const ground = await layGround({ captures, seed, systems, faults: { rate: 0, most: 0, mostLong: 0 } });
  try {
    const start = Date.now();
    const person = createPerson(ground.browser, () => Date.now() - start > 420_000);
    for (const proxy of ground.proxies) proxy.setDown(true);
    for (const [place, thread] of ground.threads.entries()) {
      const system = systems[place % systems.length];
      if (system) await ground.sendTo(system);
      await person.send(thread, ground.addressOf(thread));
    }
    let damaged = { log: '', born: 0 };
    await ground.browser.restart(() => {
      damaged = flip(ground.profile, home);
      say(`flipped a byte of the ${home} home: ${damaged.log.slice(ground.profile.length + 1)}`);
    });
    // Merging takes its time; what does not come back within this is not coming.
    let waiting = await person.press();
    for (const end = Date.now() + 30_000; waiting.length < captures && Date.now() < end; await pause(500)) waiting = await person.press();
    say(`${waiting.length} of ${captures} stand in the outbox after the start`);
    const dropped = born(damaged.log) !== damaged.born;
    for (const proxy of ground.proxies) proxy.setDown(false);
    let rows = waiting;
    while (rows.length > 0 && Date.now() - start < 420_000) {
      await pause(1_000);
      rows = await person.press();
    }
    const { troubles, ...counted } = await count(
      ground.threads,
      ground.systems,
      rows.map(({ title }) => title),
    );
    return {
      corrupted: home,
      captures,
      dropped,
      ...counted,
      unsure_left: rows.length,
      stories: troubles.map((trouble) => ({ ...trouble, events: [] })),
      left: rows.map(({ title, status, error }) => `${title}: ${status} ${error?.code ?? ''} ${error?.message ?? ''}`),
    };
  } finally {
    await ground.close();
  }
}

/** Flips the byte in the middle of the log. */
function flip(profile: string, home: Home): { log: string; born: number } {
  const folder =
    home === 'first' ? join(profile, 'Default', 'IndexedDB', `chrome-extension_${extensionId}_0.indexeddb.leveldb`) : bucket(profile);
  const log = readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .sort()
    .at(-1);
  if (log === undefined) throw new Error(`${folder} has no log`);
  const path = join(folder, log);
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 0xff, middle);
  writeFileSync(path, bytes);
  return { log: path, born: born(path) };
}

/** The folder of the journal's database, told by its name in the log: the credentials have a bucket of their own. */
function bucket(profile: string): string {
  const root = join(profile, 'Default', 'WebStorage');
  const name = Buffer.from(journalName, 'utf16le').swap16();
  const holdsJournal = (folder: string) =>
    readdirSync(folder).some((file) => /\.(log|ldb)$/.test(file) && readFileSync(join(folder, file)).includes(name));
  const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('indexeddb.leveldb'))
    .map((path) => join(root, path));
  const found = folders.find(holdsJournal);
  if (found === undefined) throw new Error(`${root} has no bucket with the journal`);
  return found;
}

/** When the database's folder was made; 0 where there is none. */
function born(log: string): number {
  const folder = join(log, '..');
  return existsSync(folder) ? statSync(folder).birthtimeMs : 0;
}
