/** Words on screen. English is the source: an unknown key does not compile. Works in pages and in the worker. */
import type english from '../public/_locales/en/messages.json';

export type MessageKey = keyof typeof english;
type Suffixed<Key, End extends string> = Key extends `${infer Base}${End}` ? Base : never;
/** What `plural` takes: the part before `One`, `Other`, … of a family of keys. */
export type PluralKey = Suffixed<MessageKey, 'Other'> & Suffixed<MessageKey, 'One'>;

interface Messages {
  getMessage(key: string, substitutions?: string[]): string;
  getUILanguage(): string;
}

/** The part of the browser that is needed here is the same, and synchronous, under both names. */
function messages(): Messages | undefined {
  const api = globalThis as { browser?: { i18n?: Messages }; chrome?: { i18n?: Messages } };
  return api.browser?.i18n ?? api.chrome?.i18n;
}

/** The text of a key in the person's language; numbers are written as that language does. */
export function t(key: MessageKey, ...values: readonly (string | number)[]): string {
  return lookUp(key, values) || key;
}

/** The text for a count: `plural('messages', 3)` takes `messagesOther`, in English. The count is `$1`. */
export function plural(key: PluralKey, count: number, ...values: readonly (string | number)[]): string {
  const form = pluralRules().select(count);
  const exact = lookUp(`${key}${form.charAt(0).toUpperCase()}${form.slice(1)}`, [count, ...values]);
  return exact || lookUp(`${key}Other`, [count, ...values]) || key;
}

/** Language of the texts, which is English where the browser's language is none of ours. */
export function language(): string {
  return messages()?.getMessage('language') || 'en';
}

/** For dates and numbers: the browser's own locale where it is one of the texts' language (`en-GB`), else that language. */
export function locale(): string {
  const preferred = messages()?.getUILanguage().replace('_', '-') ?? '';
  return preferred.split('-')[0] === language() ? preferred : language();
}

/** Writing direction of the texts. */
export function direction(): 'ltr' | 'rtl' {
  return ['ar', 'fa', 'he', 'ur'].includes(language()) ? 'rtl' : 'ltr';
}

/** The text of a key that may not be there; then empty. */
export const known = (key: string, ...values: readonly string[]): string => lookUp(key, values);

function lookUp(key: string, values: readonly (string | number)[]): string {
  const texts = values.map((value) => (typeof value === 'number' ? value.toLocaleString(locale()) : value));
  return messages()?.getMessage(key, texts) ?? '';
}

let rules: Intl.PluralRules | undefined;
function pluralRules(): Intl.PluralRules {
  if (rules?.resolvedOptions().locale !== language()) rules = new Intl.PluralRules(language());
  return rules;
}
