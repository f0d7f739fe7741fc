/** The running lab: where its servers are, what they are filled with, how one of them is stopped and started. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { temporaryFolder } from '../support/extension.ts';

const run = promisify(execFile);
const here = import.meta.dirname;
const labFolder = process.env.LAB_DIR ?? '/tmp/relais-lab';

export const roundcube = `http://127.0.0.1:${process.env.ROUNDCUBE_PORT ?? '18180'}`;
const account = process.env.LAB_USER ?? 'camille@example.org';

export interface TicketSystem {
  readonly system: 'rt' | 'znuny' | 'redmine' | 'node-red';
  readonly baseUrl: string;
  readonly api: string;
  readonly user: string;
  readonly password: string;
  readonly token: string | null;
  /** Redmine: the key of a client who may read issues, and no private notes. */
  readonly clientToken?: string;
  /** RT and Znuny: the requester of every case, who may sign in. */
  readonly client?: { readonly user: string; readonly password: string };
  /** Node-RED: what documents are signed with. */
  readonly secret?: string;
}

/** What runs, by name; empty where the lab is not up. */
export function ticketSystems(): Partial<Record<string, TicketSystem>> {
  const file = join(labFolder, 'tickets.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<string, TicketSystem>>) : {};
}

export async function isUp(address: string): Promise<boolean> {
  return fetch(address).then(
    (answer) => answer.ok,
    () => false,
  );
}

export async function stopSystem(name: string): Promise<void> {
  await run(join(here, 'tickets', 'stop'), [name]);
}

/** Resolves when its API answers again. */
export async function startSystem(name: string): Promise<void> {
  await run(join(here, 'tickets', 'start'), [name], { maxBuffer: 10_000_000 });
}

export interface LabThread {
  /** In its subject and in every Message-ID, and nowhere else in the mailbox. */
  readonly mark: string;
  /** The three mails as they lie in the maildir, oldest first. */
  readonly mails: readonly Buffer[];
}

/** Files the demo's French thread, made unique by a mark, into the mailbox: two mails in INBOX, the answer in Sent. */
export async function fileThread(mark: string): Promise<LabThread> {
  const folder = temporaryFolder('mails');
  for (const name of ['INBOX/vitrine-1-question.eml', 'Sent/vitrine-2-answer.eml', 'INBOX/vitrine-3-follow-up.eml']) {
    const text = readFileSync(join(here, '..', 'demo', 'mail', name), 'latin1');
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text.replaceAll('2026-118', mark).replaceAll('vitrine.118.', `vitrine.${mark}.`), 'latin1');
  }
  await run(join(here, 'webmail', 'bin', 'seed'), [folder]);
  return { mark, mails: ['a', 'b', 'c'].map((letter) => inMaildir(`Message-ID: <vitrine.${mark}.${letter}@`)) };
}

function inMaildir(header: string): Buffer {
  const maildir = join(labFolder, 'webmail', 'mail', account, 'Maildir');
  const files = readdirSync(maildir, { recursive: true, encoding: 'utf8' }).filter((name) => /(?:^|[/])(?:cur|new)[/]/.test(name));
  const mails = files.map((name) => readFileSync(join(maildir, name)));
  const found = mails.find((mail) => mail.includes(header));
  if (!found) throw new Error(`The maildir has no mail with ${header}`);
  return found;
}

/** Opens the thread's last mail in the preview beside the list, as a person would. */
export async function openInRoundcube(page: Page, mark: string): Promise<void> {
  // The popup asks for the browser's active tab, which in a driven browser is not always the one that is driven.
  await page.bringToFront();
  await page.goto(`${roundcube}/?_lablogin=1`);
  if (!page.url().includes('_task=mail')) await page.goto(`${roundcube}/?_task=mail&_mbox=INBOX`);
  await page.locator('#messagelist tr', { hasText: mark }).first().click();
  await page.frameLocator('#messagecontframe').locator('#message-header').getByText(mark).first().waitFor();
}
