/** What axe finds wrong in a page. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** Evaluated rather than added as a script: the pages' own policy forbids that, as it should. */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Result {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** One line a fault; none where the page is as it should be. */
export async function violations(page: Page, selector = 'html'): Promise<string[]> {
  await page.evaluate(axe);
  const result = await page.evaluate(
    (where) => (globalThis as unknown as { axe: { run(where: string): Promise<Result> } }).axe.run(where),
    selector,
  );
  return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
