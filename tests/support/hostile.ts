/** What attacks are made of, for both browsers: a page's hands, and mails. */
import { attacks } from '../fixtures/mail/attacks.ts';
import { mail } from './mail.ts';

/** Runs in a page: clicks and keys that no person made, on every part of the button. */
export function synthesise(): void {
  const host = document.querySelector('relais-button');
  for (const button of host?.shadowRoot?.querySelectorAll('button') ?? []) {
    button.click();
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
      button.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true }));
    for (const key of ['Enter', ' '])
      for (const type of ['keydown', 'keypress', 'keyup'])
        button.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true }));
  }
  host?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
}

/** One thread with every attack in it, aimed at the attacker's origin; names and the first subject attack too. */
export function hostileMails(attacker: string): Buffer[] {
  const root = 'hostile.0@example.com';
  return attacks.map(({ name, html }, index) =>
    mail({
      subject: index ? `Re: Hostile ${name}` : 'Hostile <img src=x onerror=window.__ran=1>',
      from: `"<img src=${attacker}/from onerror=window.__ran=1>" <attacker@example.com>`,
      id: index ? `hostile.${index}@example.com` : root,
      references: index ? [root] : [],
      html: html.replaceAll(/https?:\/\/attacker\.example/g, attacker),
    }),
  );
}
