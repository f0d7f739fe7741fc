/** The thread that was clicked, as the popup's form shows it; the popup as a tab, where Playwright reaches everything. */
import type { Page } from 'playwright-core';
import type { Rig } from './rig.ts';
import { ask } from './settings.ts';
import { found } from './until.ts';

interface Row {
  readonly id: string;
  readonly status: string;
  readonly title: string;
}

/** Clicks **More ways to send**, closes the popup that opens, and gives the id of the draft with these words in its title. */
export async function capture(rig: Pick<Rig, 'session' | 'openPopup'>, title: string, button?: string): Promise<string> {
  const popup = await rig.openPopup(button);
  const id = await found(
    'the thread is captured',
    async () => {
      const { rows } = (await ask(rig.session, 'outbox.opened', {})) as { rows: readonly Row[] };
      return rows.find((row) => row.status === 'draft' && row.title.includes(title))?.id;
    },
    120_000,
  );
  await popup.close();
  return id;
}

/** The popup in a tab, with this capture in its form. */
export async function openForm(rig: Rig, captureId: string, firstField = 'Title'): Promise<Page> {
  const page = await rig.session.open(`popup.html?capture=${captureId}`);
  await page.setViewportSize({ width: 420, height: 600 });
  await page.getByLabel(firstField).waitFor();
  return page;
}
