/** How the options and a handover are reached. */
import type { Page } from 'playwright-core';
import { holdMessages, showcase, take } from './hands.ts';
import type { Office } from './office.ts';
import { typedIn } from './typed.ts';

/** Every section that is more than a choice or two, and the form of a ticket system. */
export async function options(office: Office): Promise<void> {
  const { say } = office;
  // The open page says how it was recognised, and its thread is what rules are tried on.
  await take(office, 'Facture 2026-118');
  const shows = (key: Parameters<typeof say>[0]) => (page: Page) => page.getByText(say(key)).first().waitFor();
  await office.picture('options-systems', 'options.html#/systems', (page) =>
    page
      .getByRole('button', { name: say('edit') })
      .first()
      .waitFor(),
  );
  await office.picture('options-systems-form', 'options.html#/systems/add/rt', async (page) => {
    await page.getByRole('textbox').nth(1).fill('https://rt.example.org');
    await page.locator('input[type=password]').first().fill('1-2-secret');
    await page.getByRole('button', { name: say('testConnection') }).click();
    await page.getByText(say('testWorked')).waitFor();
  });
  await office.picture('options-webmails', 'options.html#/webmails', (page) => page.getByText('mail.example.org').first().waitFor());
  await office.picture('options-sending', 'options.html#/sending', shows('undoTime'));
  await office.picture('options-rules', 'options.html#/rules', async (page) => {
    await page.getByRole('button', { name: say('ruleTry') }).click();
    await page.getByText(say('ruleHit'), { exact: true }).first().waitFor();
  });
  await office.picture('options-templates', 'options.html#/templates', (page) =>
    page
      .getByRole('button', { name: say('edit') })
      .first()
      .waitFor(),
  );
  await office.picture('options-privacy-top', 'options.html#/privacy', (page) => page.getByRole('heading').nth(2).waitFor());
}

/** The threads of two clients; the third of them takes its time. */
export async function handover(office: Office): Promise<void> {
  const { say } = office;
  await office.openThread(showcase);
  const page = await office.open('handover.html');
  for (const client of [/^harbour\.example/, /^tilleuls\.example/]) await page.getByRole('button', { name: client }).click();
  await page.getByRole('textbox', { name: say('fieldNote') }).fill(typedIn(office.language).away);
  await page.evaluate(() => scrollTo(0, 0));
  await office.photograph('handover', page);
  const goOn = await holdMessages(office, 3);
  await page.locator('.handover-send button').click();
  await page.locator('.handed-good').nth(1).waitFor();
  await page.getByText(say('handoverReading')).first().waitFor();
  await office.photograph('handover-running', page);
  await goOn();
  await page.close();
}
