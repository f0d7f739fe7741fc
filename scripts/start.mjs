// The one way in: `npm run demo`, `npm test`, `npm run test:lab`. Needs Node 20 and nothing else: it installs the
// packages when they are missing or older than the lock file, then hands over to the Node that came with them.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const windows = process.platform === 'win32';
const at = (...parts) => join(root, ...parts);

function fail(sentence) {
  console.error(`relais: ${sentence}`);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node 20 or newer is needed; this is ${process.versions.node}.`);

/** npm writes this file last, so it is older than the lock after an interrupted install too. */
function packagesAreCurrent() {
  const mark = at('node_modules', '.package-lock.json');
  return existsSync(mark) && statSync(mark).mtimeMs >= statSync(at('package-lock.json')).mtimeMs;
}

if (!packagesAreCurrent()) {
  console.log('relais: installing npm packages (npm install) …');
  // Not `npm ci`: it refuses a lock file that lacks another platform's optional binaries, which not every registry has.
  const { status } = spawnSync('npm', ['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
  });
  if (status !== 0) fail('npm install did not succeed; see above.');
}

const node = at('node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
if (!existsSync(node)) fail('the packages lack their Node; remove node_modules and try again.');
const path = [at('node_modules', 'node', 'bin'), at('node_modules', '.bin'), process.env.PATH].join(delimiter);
const { status, signal } = spawnSync(node, [at('scripts', 'run.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: path },
});
process.exit(signal ? 1 : (status ?? 1));
