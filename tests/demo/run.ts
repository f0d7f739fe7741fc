/**
 * The main job with nothing else installed. With a display it opens and waits for the person; without one it clicks by
 * itself, prints the ticket that arrived and where the pictures are, and fails with a reason when none does.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Popup } from '../support/popup.ts';
import { type Rig, startRig } from '../support/rig.ts';
import type { DeskTicket } from './desk/tickets.ts';

const root = join(import.meta.dirname, '..', '..');
const pictures = join(root, '.output', 'demo');
const subject = 'Vitrine réfrigérée';
const patience = 120_000;

const hasDisplay =
  process.platform === 'darwin' || process.platform === 'win32' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
if (hasDisplay && !process.argv.includes('--headless')) await withPerson();
else await alone();

async function withPerson(): Promise<void> {
  const rig = await startRig({ headless: false, viewport: null });
  rig.desk.store.listen((ticket) => console.log(`\nA ticket arrived or grew:\n${described(ticket)}`));
  const deskPage = await rig.session.context.newPage();
  await deskPage.goto(rig.desk.origin);
  await rig.openThread(subject);
  // Tabs of the setting-up only stand in the way.
  for (const other of rig.session.context.pages()) if (other !== rig.page && other !== deskPage) await other.close();
  await rig.page.bringToFront();
  console.log(`
Relais is running in the browser that has just opened.

  1. The webmail shows a thread of three messages. Click "Send to tickets" in its toolbar.
     For a few seconds you may undo it or add a note; then it goes.
  2. The ticket desk, in the tab beside it, shows the ticket as it arrives:
     ${rig.desk.origin}
  3. Open another thread and click the small arrow beside the button to choose
     queue, note and messages yourself.

Close the browser to end.`);
  await new Promise<void>((resolve) => rig.session.context.once('close', () => resolve()));
  process.exit(0);
}

async function alone(): Promise<void> {
  const late = setTimeout(() => ended(new Error(`The demo did not end within ${patience / 1000} s`)), patience);
  let rig: Rig | undefined;
  try {
    mkdirSync(pictures, { recursive: true });
    rig = await startRig();
    await rig.openThread(subject);
    await rig.button().waitFor();
    await rig.page.screenshot({ path: join(pictures, 'button.png') });
    writeFileSync(join(pictures, 'popup.png'), await pictured(await rig.openPopup()));
    await rig.button().click();
    const ticket = await rig.desk.store.first(60_000);
    await rig.button(`In tickets: #${ticket.number}`).waitFor();
    await rig.page.screenshot({ path: join(pictures, 'sent.png') });
    const deskPage = await rig.session.context.newPage();
    await deskPage.goto(rig.desk.origin);
    await deskPage.locator('.ticket').first().waitFor();
    await deskPage.screenshot({ path: join(pictures, 'ticket.png'), fullPage: true });
    console.log(
      `\nOne click, and this ticket arrived:\n\n${described(ticket)}\n\nPictures: ${['button', 'popup', 'sent', 'ticket'].map((name) => join('.output', 'demo', `${name}.png`)).join(', ')}`,
    );
  } catch (error) {
    ended(error);
  } finally {
    clearTimeout(late);
    await rig?.close();
  }
  process.exit();
}

/** The popup when its form is filled, then closed with Esc as a person would. */
async function pictured(popup: Popup): Promise<Buffer> {
  await popup.waitFor(`document.body.innerText.includes('Camille')`);
  const picture = await popup.screenshot();
  await popup.close();
  return picture;
}

function ended(error: unknown): void {
  console.error(`relais: the demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
  if (error instanceof Error && error.message.startsWith('The demo did not end')) process.exit(1);
}

function described(ticket: DeskTicket): string {
  const lines = [
    `#${ticket.number}  ${ticket.title}`,
    `queue      ${ticket.queue}`,
    `requester  ${ticket.requester}`,
    `messages   ${ticket.articles.filter((article) => !article.internal).length}`,
  ];
  for (const article of ticket.articles) {
    lines.push(`  ${article.internal ? 'internal note: ' : ''}${article.internal ? article.text : `${article.date}  ${article.from}`}`);
    for (const file of article.files) lines.push(`    ${file.name}  (${file.type}, ${file.size.toLocaleString('en')} bytes)`);
  }
  return lines.join('\n');
}
