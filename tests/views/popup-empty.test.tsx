// @vitest-environment jsdom
/** What the popup offers where no thread is open. */
import { screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptySettings } from '../../utils/settings/schema.ts';
import { unmanaged } from '../support/preview/samples.ts';
import { openPopup, viewOf } from './popup-support.tsx';
import { leave, speak } from './support.ts';

const mailbox = 'Support <support@help.example>';
const settings = { ...emptySettings, mailIn: [{ name: 'Support', address: 'support@help.example' }] };
const opened = () => ({ settings, secrets: {}, managed: unmanaged, vault: 'none' as const });

describe('a popup without a thread', () => {
  beforeEach(() => speak('en', 'en-GB'));
  afterEach(leave);

  it('leads to a handover', async () => {
    await openPopup(viewOf('empty'));
    const link = await screen.findByRole('link', { name: 'Hand several threads over…' });
    expect(link.getAttribute('href')).toBe('/handover.html');
  });

  it("puts a queue's address into the mail that is written in the tab, and says whether it could", async () => {
    const asked: object[] = [];
    let isThere = true;
    await openPopup(viewOf('empty'), {
      'settings.opened': opened,
      'address.wanted': (input) => {
        asked.push(input);
        return isThere;
      },
    });
    const put = await screen.findByRole('button', { name: `Put into the reply: ${mailbox}` });
    put.click();
    await screen.findByText(`In the reply now: ${mailbox}`);
    isThere = false;
    put.click();
    await screen.findByText(/^No mail is being written in this tab/);
    expect(asked).toEqual([
      { tabId: 1, mailbox },
      { tabId: 1, mailbox },
    ]);
  });
});
