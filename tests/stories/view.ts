/** What stories need of a browser: a person's hands and eyes, by the roles and names that a screen reader says. Chromium and Firefox have them. */
import type { MessageKey } from '../../utils/i18n.ts';
import type { Desk } from '../demo/desk/server.ts';
import type { ShownThread } from '../demo/webmail/mails.ts';
import type { DemoWebmail } from '../demo/webmail/server.ts';

export type Role =
  | 'button'
  | 'checkbox'
  | 'combobox'
  /** The whole page. */
  | 'document'
  | 'heading'
  | 'link'
  | 'listitem'
  | 'option'
  | 'radio'
  | 'searchbox'
  /** A field that shows nobody what is typed. */
  | 'secret'
  | 'status'
  | 'switch'
  | 'tab'
  | 'textbox';

/** A whole name, or part of one. */
export type Name = string | RegExp;

/** A page in front of a person. Everything waits until what it is about is there. */
export interface View {
  sees(role: Role, name: Name): Promise<void>;
  /** The page says these words somewhere. */
  reads(words: string): Promise<void>;
  click(role: Role, name: Name): Promise<void>;
  /** Shows what is folded up under these words. */
  unfold(words: string): Promise<void>;
  /** Types it in the place of what stands in the field. */
  fill(role: 'textbox' | 'combobox' | 'searchbox' | 'secret', name: Name, text: string): Promise<void>;
  /** Takes an entry of the browser's own closed list. */
  choose(name: Name, entry: string): Promise<void>;
  /** A key to what is called so: with Alt, Ctrl. */
  press(role: Role, name: Name, key: string, modifier?: 'Alt' | 'Control'): Promise<void>;
  /** What a field holds, or whether a box is ticked. */
  holds(role: 'textbox' | 'combobox', name: Name, text: string): Promise<void>;
  holds(role: 'checkbox' | 'radio', name: Name, isTicked: boolean): Promise<void>;
  /** It stands there and takes nothing. */
  isLocked(role: Role, name: Name): Promise<void>;
  /** The words of everything that has this role, in the page's order; at once, of what is there. */
  texts(role: Role): Promise<readonly string[]>;
  /** Runs in the page, JSON out: for what no person sees. */
  run<Value>(work: () => Value): Promise<Value>;
  close(): Promise<void>;
}

/** A webmail, a ticket desk, and a browser with Relais let in between them. */
export interface Ground {
  readonly webmail: DemoWebmail;
  readonly desk: Desk;
  /** The webmail's tab, with the button in it. */
  readonly page: View;
  /** Our own words, in the browser's language. */
  say(key: MessageKey, ...values: readonly string[]): string;
  /** Shows the thread with this subject in the webmail's tab. */
  openThread(subject: string): Promise<void>;
  /** The same for one that may have no subject. */
  show(thread: ShownThread): Promise<void>;
  /** **More ways to send** on the open thread: its form. */
  openForm(): Promise<View>;
  /** Presses this button in the webmail's page, and gives the popup that opens. */
  openPopup(name: string): Promise<View>;
  /** A page of ours. */
  openOwn(path: string): Promise<View>;
  /** The page at this address, and what follows it, that something else opened; waits for it. */
  opened(address: string): Promise<View>;
  /** Asks the worker as a page of ours does. */
  ask(name: string, input: object): Promise<unknown>;
  /** What is known of tickets is old: whoever looks at them asks again. */
  age(): Promise<void>;
}
