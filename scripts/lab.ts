/**
 * `npm run test:lab`: real webmails over a real Dovecot, real ticket systems on loopback, and the built extension between
 * them, then a short storm of faults; a longer one is `npm run test:chaos`.
 * Installing them needs Debian and root; elsewhere the tests are skipped, aloud.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Tally } from './tally.ts';
import { run, tool } from './tool.ts';

const webmail = 'tests/lab/webmail/bin';
const tickets = 'tests/lab/tickets';

export async function lab(): Promise<number> {
  const tally = new Tally();
  const lacking = whyNot();
  if (lacking) {
    console.log(`relais: the lab is left out: ${lacking}`);
    tally.skipped += 1;
    return tally.close();
  }
  const ran = running();
  const stop = (): void => {
    for (const [name, script, ...words] of stops) if (!ran.has(name)) spawnSync(script, words, { stdio: 'inherit' });
  };
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  process.once('exit', stop);
  await tally.step('webmail: Dovecot, Roundcube, SOGo and Horde', () => run(`${webmail}/start`, ['roundcube', 'sogo', 'horde']));
  await tally.step('webmail: mails', () => run(`${webmail}/seed`, ['--reset', 'tests/lab/webmail/seed']));
  await tally.step('ticket systems: RT, Znuny, Redmine and Node-RED', () =>
    run(`${tickets}/start`, ['rt', 'znuny', 'redmine', 'node-red']),
  );
  await tally.step('Firefox', installFirefox);
  await tally.step('build for Chromium', () => tool('wxt', ['build'], 'errors'));
  await tally.step('build for Firefox', () => tool('wxt', ['build', '-b', 'firefox', '--mv3'], 'errors'));
  await tally.browser('lab');
  await tally.browser('firefox');
  await tally.vitest('chaos');
  process.off('exit', stop);
  stop();
  return tally.close();
}

const stops = [
  ['webmail', `${webmail}/stop`],
  ['rt', `${tickets}/stop`, 'rt'],
  ['znuny', `${tickets}/stop`, 'znuny'],
  ['redmine', `${tickets}/stop`, 'redmine'],
  ['node-red', `${tickets}/stop`, 'node-red'],
] as const;

/** What ran before stays running afterwards. `LAB_KEEP=1` keeps all of it, for the next run to start at once. */
function running(): Set<string> {
  if (process.env.LAB_KEEP) return new Set(stops.map(([name]) => name));
  const status = spawnSync(`${tickets}/status`, { encoding: 'utf8' }).stdout + spawnSync(`${webmail}/status`, { encoding: 'utf8' }).stdout;
  const isRunning = (process: string) => new RegExp(`^${process} running`, 'm').test(status);
  return new Set([
    ...(isRunning('nginx') ? ['webmail'] : []),
    ...(isRunning('rt.web') ? ['rt'] : []),
    ...(isRunning('znuny.web') ? ['znuny'] : []),
    ...(isRunning('redmine.web') ? ['redmine'] : []),
    ...(isRunning('node-red.web') ? ['node-red'] : []),
  ]);
}

/** Debian's, where there is none. */
async function installFirefox(): Promise<number> {
  if (existsSync('/usr/bin/firefox-esr')) return 0;
  await run('apt-get', ['-qq', 'update'], 'errors');
  return run('apt-get', ['-o', 'DPkg::Lock::Timeout=600', '-qq', 'install', '-y', '--no-install-recommends', 'firefox-esr'], 'errors');
}

function whyNot(): string | undefined {
  if (!existsSync('/etc/debian_version')) return 'it needs Debian';
  if (process.getuid?.() !== 0) return 'installing and starting the servers needs root';
  return undefined;
}
