/** Rules: made in the options, told of in the popup, tried on the open thread, put in order by keys, followed by one click. */
import { expect, it } from 'vitest';
import { mail } from '../support/mail.ts';
import { until } from '../support/until.ts';
import type { Ground, View } from './view.ts';

export const rulesMails = [mail({ subject: 'Invoice 12', text: 'Please find it attached' }), mail({ subject: 'Invoice 13' })];

export function rulesStory(ground: () => Ground): void {
  let options: View;
  const say: Ground['say'] = (key, ...values) => ground().say(key, ...values);
  const because = () => say('ruleChoseNamed', 'Invoices', say('ruleIsAbout', 'invoice'));
  const stand = (...titles: readonly string[]) => {
    const order = async () => (await options.texts('heading')).filter((title) => /^\d\./.test(title));
    return until(`the rules stand so: ${titles}`, async () => String(await order()) === String(titles));
  };

  async function makeRule(name: string, words: string, queue: string): Promise<void> {
    await options.click('button', say('addRule'));
    await options.fill('textbox', say('ruleName'), name);
    if (words) await options.fill('textbox', say('ruleSubject'), words);
    await options.fill('combobox', say('fieldQueue'), queue);
    await options.click('option', queue);
    await options.click('button', say('save'));
    await options.sees('button', say('editNamed', name));
  }

  it('a rule is made in the options, and the popup says that it chose the queue', async () => {
    options = await ground().openOwn('options.html#/rules');
    await makeRule('Invoices', 'invoice', 'Billing');
    await ground().openThread('Invoice 12');
    const form = await ground().openForm();
    await form.reads(because());
    await form.holds('combobox', say('fieldQueue'), 'Billing');
    await form.close();
  });

  it('it is tried on the open thread', async () => {
    await options.click('button', say('ruleTry'));
    await options.reads(say('ruleTryHit', 'Invoice 12', because()));
  });

  it('another is put before it by keys, and by a button behind it again', async () => {
    await makeRule('Everything', '', 'Infra');
    await stand('1. Invoices', '2. Everything');
    await options.press('button', say('editNamed', 'Everything'), 'ArrowUp', 'Alt');
    await options.reads(say('ruleMoved', 'Everything', '1', '2'));
    await stand('1. Everything', '2. Invoices');
    await options.click('button', say('ruleTry'));
    await options.reads(say('ruleTryHit', 'Invoice 12', say('ruleChoseNamed', 'Everything', say('ruleAlways'))));
    await options.click('button', say('ruleDown', 'Everything'));
    await options.reads(say('ruleMoved', 'Everything', '2', '2'));
    await stand('1. Invoices', '2. Everything');
    await options.close();
  });

  it('one click follows it', async () => {
    await ground().openThread('Invoice 13');
    await ground().page.click('button', say('button_send'));
    await until('the ticket is there', () => ground().desk.store.tickets.some(({ title }) => title === 'Invoice 13'), 30_000);
    expect(ground().desk.store.tickets.find(({ title }) => title === 'Invoice 13')?.queue).toBe('Billing');
  });
}
