/** Prints what a run found, writes it to `.output`, and says whether it may pass. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', '.output');

interface Result {
  readonly lost: number;
  readonly duplicated: number;
  readonly wrong_content: number;
  readonly unsure_left: number;
  readonly stories: readonly {
    readonly mark: string;
    readonly what: string;
    readonly detail: string;
    readonly events: readonly string[];
  }[];
  readonly left: readonly string[];
}

/** Exit code: 0 only where nothing was lost, doubled, changed or left. Writes `.output/<name>.json`. */
export function report(name: string, results: readonly Result[]): number {
  for (const result of results) print(result);
  mkdirSync(folder, { recursive: true });
  const [only, ...more] = results;
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(more.length === 0 ? only : results, null, 2)}\n`);
  return results.every(isGood) ? 0 : 1;
}

export function isGood({ lost, duplicated, wrong_content, unsure_left }: Result): boolean {
  return lost + duplicated + wrong_content + unsure_left === 0;
}

function print(result: Result): void {
  console.log('');
  for (const [key, value] of Object.entries(result)) {
    if (Array.isArray(value)) continue;
    if (typeof value !== 'object') console.log(`  ${key.padEnd(22)} ${value}`);
    else for (const [inner, number] of Object.entries(value as object)) console.log(`    ${inner.padEnd(24)} ${number}`);
  }
  for (const { mark, what, detail, events } of result.stories) {
    console.log(`\n  ${what} ${mark}: ${detail}`);
    for (const line of events) console.log(`      ${line}`);
  }
  for (const line of result.left) console.log(`\n  left in the outbox: ${line}`);
  console.log('');
}
