import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { From } from '../../../utils/answering.ts';
import type { Capture } from '../../../utils/core/capture.ts';
import { putCapture } from '../../../utils/outbox/captures.ts';
import { closeDatabase, databaseName } from '../../../utils/outbox/database.ts';
import { settingsAnswers } from '../../../utils/worker/settings-answers.ts';
import { captureOf, thread } from '../../support/records.ts';

const answers = settingsAnswers({ settingsChanged: async () => {} });
const rules = [
  { id: 'other', name: '', when: { webmail: ['https://elsewhere.example'] }, give: {} },
  { id: 'lead', name: 'Mine', when: { mailbox: ['team@example.org'], subject: ['devis'] }, give: {} },
];
const tried = () => answers['rules.tried']({ rules }, {} as From);
const put = (id: string, change: Partial<Capture>) => putCapture({ ...captureOf(id), ...change });

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(databaseName).onsuccess = resolve;
  });
});

describe('rules that are tried', () => {
  it('have no thread before one was captured', async () => {
    expect(await tried()).toBeUndefined();
    await put('c1', { status: 'failed' });
    expect(await tried()).toBeUndefined();
  });

  it('meet the newest thread, sent or not, and say why', async () => {
    await put('old', { createdAt: 1, account: 'team@example.org' });
    expect(await tried()).toEqual({
      subject: 'Devis',
      rule: {
        id: 'lead',
        name: 'Mine',
        because: [
          { on: 'mailbox', word: 'team@example.org' },
          { on: 'subject', word: 'devis' },
        ],
      },
    });
    await put('new', { createdAt: 2, status: 'submitted', thread: { ...thread, subject: 'Facture' }, account: 'team@example.org' });
    expect(await tried()).toEqual({ subject: 'Facture' });
  });
});
