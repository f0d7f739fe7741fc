/** Rules in words: what they ask for, and why one of them chose. */
import type { Met, Rule } from '../core/rules.ts';
import { t } from '../i18n.ts';
import type { RuleView } from '../views.ts';
import { formatList } from './format.ts';

const condition = {
  from: 'ruleIsFrom',
  mailbox: 'ruleIsTo',
  subject: 'ruleIsAbout',
  webmail: 'ruleIsIn',
} as const satisfies Record<Met['on'], string>;

/** What must hold: `from client.example, “invoice” in the subject`. */
export function whenWords(when: Rule['when']): string {
  const said = Object.entries(condition).flatMap(([on, key]) => {
    const words = when[on as Met['on']];
    return words === undefined ? [] : [t(key, formatList(words, 'disjunction'))];
  });
  return said.length === 0 ? t('ruleAlways') : formatList(said);
}

/** What a person calls it: its name, else its conditions. */
export function ruleTitle({ name, when }: Pick<Rule, 'name' | 'when'>): string {
  return name || whenWords(when);
}

/** Why a rule chose, in a sentence. */
export function becauseWords({ name, because }: RuleView): string {
  const why = because.length === 0 ? t('ruleAlways') : formatList(because.map(({ on, word }) => t(condition[on], word)));
  return name === '' ? t('ruleChose', why) : t('ruleChoseNamed', name, why);
}
