/**
 * How one webmail is recognised, where its button goes and which thread is open: plain data. It crosses from the worker
 * into the page, so that the button script weighs the same however many webmails there are, and settings may lay newer
 * selectors over it.
 */

/** A place for the button. */
export interface Slot {
  /** CSS selector of the anchor; first one that matches a visible element wins. Newest first, dated. */
  readonly selector: string;
  readonly since: string;
  /** Where the button stands relative to the anchor. `append` and `prepend` put it inside. */
  readonly where: 'append' | 'prepend' | 'before' | 'after';
  /** Element to wrap the button in, where the toolbar is a list: `li`. */
  readonly wrap?: 'li' | 'td' | 'span';
  /** How the button fits into this toolbar: custom properties that `page/button-style.ts` knows. */
  readonly fit?: Readonly<Record<`--relais-${string}`, string>>;
}

/** Signs of one product on any origin: all of them must be there. Two that have nothing to do with each other, at least. */
export interface Marks {
  /** CSS selectors that each match something. */
  readonly selectors: readonly string[];
  /** Words of an inline script. */
  readonly script?: string;
  /** Regular expression for the whole address. */
  readonly address?: string;
}

/**
 * One way to read the key of the open thread. Read is the address, or values of its query, or an attribute; kept are
 * the groups of `pattern`, decoded and joined by `/`; without groups, all that it matches as it stands.
 */
export interface ThreadRule {
  /** Names of query values, joined by `/` before `pattern` sees them; every one must be there. */
  readonly query?: readonly string[];
  /** An element, and which of its attributes. Of several elements the first visible one counts. */
  readonly selector?: string;
  readonly attribute?: string;
  /** Regular expression. */
  readonly pattern?: string;
  /** Order of the groups, where it is not theirs: `$2/$1`. */
  readonly key?: string;
  /** The rule holds only while this CSS selector matches something: a message is on screen. */
  readonly shown?: string;
}

/** How a page names the messages of its open thread, by the ids that the reader gives them. */
export interface MessageRule {
  /** Every message that is shown, folded ones too, and no draft. */
  readonly selector: string;
  /** The first of these attributes that it has; `href` is read as a whole address of the webmail's own. */
  readonly attributes: readonly string[];
  /** Regular expression; the id is what it matches. */
  readonly pattern?: string;
}

/** A list that shows threads as rows below their first message: those of the open message's thread, folded ones too. */
export interface RowRule {
  /** Before the number of a message, in Base64 without its padding, in the id of its row. The number ends the thread's key. */
  readonly row: string;
  /** A row that is an answer to one above. */
  readonly answer: string;
}

/** CSS selectors of one thing that a reader looks for, newest first. */
export interface Alternatives {
  readonly css: readonly string[];
  /** When the newest was last seen to match, or to be relied on in public code. */
  readonly since: string;
  /** Missing while a thread is open, it is told: the webmail has changed. */
  readonly required?: true;
}

/** Whom a page names as the people of its open thread. */
export interface PeopleRule {
  readonly selector: string;
  /** Holds the address; absent: it stands in the text. */
  readonly attribute?: string;
}

/** Where the mail that is being written takes its Cc. */
export interface ComposeRule {
  /** CSS selector of a field that takes addresses as a text, separated by commas. */
  readonly cc: string;
  /** What is folded away by a class while there is no Cc. */
  readonly folded?: { readonly selector: string; readonly class: string };
  /** Clicked where the field is not seen. */
  readonly opener?: string;
}

export interface WebmailPage {
  readonly id: string;
  readonly name: string;
  /** Where the hosted service lives: an address there is enough to know it. Empty for software that anybody may host. */
  readonly origins: readonly string[];
  /** How it is known elsewhere; any of them will do. */
  readonly marks?: readonly Marks[];
  readonly slots: readonly Slot[];
  /**
   * Ids of the frame where the open message is shown, when that is not the document itself (Roundcube's preview). The
   * button script listens to its `load`; `thread` is looked for in it first.
   */
  readonly frames?: readonly string[];
  /** First rule that gives something wins. The key is stable, and unique within the webmail. */
  readonly thread: readonly ThreadRule[];
  /** Absent where the page can't tell without asking: then nobody hears that a thread has grown until it is sent again. */
  readonly messages?: MessageRule | RowRule;
  readonly compose?: ComposeRule;
  /** Read only where the person wants to be reminded of threads of certain people; in `frames` first. */
  readonly people?: PeopleRule;
  /** Origins to which the webmail itself may send a request on (Gmail hands sources out from another host). Nothing is asked there directly. */
  readonly elsewhere?: readonly string[];
  /** How often the webmail may be asked; each limit holds. */
  readonly pace?: readonly { readonly requests: number; readonly ms: number }[];
  /** What the reader looks for in the page, by name. */
  readonly selectors?: Readonly<Record<string, Alternatives>>;
}
