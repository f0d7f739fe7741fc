/** Runs the project's own tools with the project's own Node, whatever Node npm was started with. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** `errors` keeps a tool quiet unless it fails. */
type Output = 'all' | 'errors';

/** Exit code of a tool: `node`, or a package's program by its name. Ends with us when we are interrupted. */
export async function tool(name: string, words: readonly string[], output: Output = 'all'): Promise<number> {
  const program = name === 'node' ? [] : [programOf(name)];
  return run(process.execPath, [...program, ...words], output);
}

/** Exit code of any command in the project's folder. */
export function run(command: string, words: readonly string[], output: Output = 'all'): Promise<number> {
  const child = spawn(command, words, { cwd: root, stdio: output === 'all' ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  const { promise, resolve } = Promise.withResolvers<number>();
  child.on('error', (error) => {
    console.error(`relais: ${command} did not start: ${error.message}`);
    resolve(1);
  });
  child.on('close', (code) => {
    if (code !== 0 && output === 'errors') process.stderr.write(Buffer.concat(said));
    resolve(code ?? 1);
  });
  return promise;
}

/** npm's links in `.bin` are shell scripts on Windows, so a package's own file is started instead. */
function programOf(name: string): string {
  const packages: Record<string, string> = { biome: '@biomejs/biome', tsc: 'typescript' };
  const folder = join(root, 'node_modules', packages[name] ?? name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin: string | Record<string, string> };
  const file = typeof bin === 'string' ? bin : bin[name];
  if (!file) throw new Error(`The package ${name} has no program of that name`);
  return join(folder, file);
}
