/** Shows that the check can fail: the same program against an extension in which one rule is broken on purpose. */
import { spawn } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { temporaryFolder } from '../support/extension.ts';

const root = join(import.meta.dirname, '..', '..');

interface Change {
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
}

export const breakages: Readonly<Record<string, readonly Change[]>> = {
  /** What is in doubt is done again without looking. */
  repeat: [{ file: 'utils/recipes/doubt.ts', from: 'if (doubted && job.repeatAnyway)', to: 'if (doubted)' }],
  /** A delivery counts as delivered before its first request, as in a queue that takes an entry out and then sends it. */
  'early-removal': [
    {
      file: 'utils/outbox/courier.ts',
      from: '    let requestLeft = false;\n',
      to: "    let requestLeft = false;\n    await changeDelivery(id, (found) => delivered(found, { ticketId: '0', number: '0', warnings: [] }, context.now()));\n    delivery = { ...delivery, state: { status: 'delivered', at: 0, receipt: { ticketId: '0', number: '0', warnings: [] } } };\n",
    },
    {
      file: 'utils/outbox/courier.ts',
      from: 'if (!isClaimed) return isTakeable(found, context.now()) ? change(claimed(found, context.holder, context.now())) : undefined;',
      to: 'if (Date.now() > 0) return { ...change(claimed(found, context.holder, context.now())), state: found.state };',
    },
  ],
};

/** The text of the file with the change; an error where the code has moved on. */
export function changed(text: string, { file, from, to }: Change): string {
  if (text.split(from).length !== 2) throw new Error(`${file} has changed: “${from.trim()}” should stand in it once`);
  return text.replace(from, () => to);
}

/** Exit code of the same run, in a copy of the tree with the rule broken; its report is written there too, and printed. */
export async function breakAndRun(name: string, words: readonly string[]): Promise<number> {
  const changes = breakages[name];
  if (!changes) throw new Error(`Nothing is known that breaks “${name}”: say ${Object.keys(breakages).join(' or ')}`);
  const copy = join(temporaryFolder('broken'), 'tree');
  const left = ['node_modules', '.output', '.git', '.wxt'].map((folder) => join(root, folder));
  cpSync(root, copy, { recursive: true, filter: (source) => !left.some((folder) => source === folder || source.startsWith(folder + sep)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const { file, from, to } of changes) {
    const path = join(copy, file);
    writeFileSync(path, changed(readFileSync(path, 'utf8'), { file, from, to }));
  }
  console.log(`relais: broken on purpose: ${name}`);
  const at = words.indexOf('--break');
  const rest = words.filter((word, place) => !word.startsWith('--break=') && (at < 0 || (place !== at && place !== at + 1)));
  const program = join(copy, relative(root, join(import.meta.dirname, 'run.ts')));
  const child = spawn(process.execPath, [program, ...rest.filter((word) => word !== '--no-build')], { cwd: copy, stdio: 'inherit' });
  const ended = Promise.withResolvers<number>();
  child.once('error', ended.reject).once('close', (code) => ended.resolve(code ?? 1));
  return ended.promise;
}
