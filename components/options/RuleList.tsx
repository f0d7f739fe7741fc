import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Rule } from '../../utils/core/rules.ts';
import { t } from '../../utils/i18n.ts';
import { ruleTitle, whenWords } from '../../utils/ui/rule-words.ts';
import { ConfirmButton } from '../ConfirmButton.tsx';
import { Icon } from '../Icon.tsx';
import { ManagedMark } from './ManagedNotice.tsx';

interface Props {
  readonly rules: readonly Rule[];
  /** Ids of those that an administrator set: they come first and stay. */
  readonly set: readonly string[];
  /** An administrator says which ones there are. */
  readonly isLocked: boolean;
  /** Id of the rule that the thread which was tried meets. */
  readonly hit: string | undefined;
  /** Id of the rule that is being changed, and its form. */
  readonly open: string | undefined;
  readonly form: ComponentChildren;
  /** What a rule gives, in words. */
  readonly givenBy: (rule: Rule) => string;
  readonly onEdit: (rule: Rule) => void;
  readonly onSave: (rules: readonly Rule[]) => void;
}

/** The rules in their order, which buttons, Alt with an arrow, and dragging change. */
export function RuleList({ rules, set, isLocked, hit, open, form, givenBy, onEdit, onSave }: Props) {
  const [dragged, setDragged] = useState<string>();
  const [over, setOver] = useState<string>();
  const [said, setSaid] = useState('');
  const focused = useRef<{ readonly element: Element | null; readonly id: string }>(undefined);
  const list = useRef<HTMLOListElement>(null);
  const isOwn = ({ id }: Rule) => !isLocked && !set.includes(id);
  const first = rules.filter((rule) => !isOwn(rule)).length;

  // A card that is moved in the document loses the focus: given back before the next key.
  useLayoutEffect(() => {
    const { element, id } = focused.current ?? {};
    focused.current = undefined;
    if (element instanceof HTMLButtonElement && !element.disabled) element.focus();
    else if (id !== undefined) list.current?.querySelector<HTMLElement>(`[data-rule="${id}"] .movers :enabled`)?.focus();
  }, [rules]);

  function move(rule: Rule, to: number): void {
    const from = rules.indexOf(rule);
    if (to === from || to < first || to >= rules.length) return;
    focused.current = { element: document.activeElement, id: rule.id };
    setSaid(t('ruleMoved', ruleTitle(rule), to + 1, rules.length));
    onSave(rules.toSpliced(from, 1).toSpliced(to, 0, rule));
  }

  return (
    <>
      <ol class="cards rules" ref={list}>
        {rules.map((rule, index) => {
          const title = ruleTitle(rule);
          if (open === rule.id)
            return (
              <li key={rule.id} class="card">
                {form}
              </li>
            );
          return (
            <li
              key={rule.id}
              class="card"
              data-rule={rule.id}
              data-over={over === rule.id && dragged !== rule.id ? '' : undefined}
              onKeyDown={(event) => {
                const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
                if (!event.altKey || step === undefined || !isOwn(rule)) return;
                event.preventDefault();
                move(rule, index + step);
              }}
              onDragOver={(event) => {
                if (dragged === undefined || !isOwn(rule)) return;
                event.preventDefault();
                setOver(rule.id);
              }}
              onDrop={(event) => {
                event.preventDefault();
                const moving = rules.find(({ id }) => id === dragged);
                if (moving && isOwn(rule)) move(moving, index);
              }}
            >
              <div class="card-head">
                {isOwn(rule) && rules.length > first + 1 && (
                  // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse alone; buttons and keys do the same
                  <span
                    class="grip"
                    draggable={true}
                    title={t('ruleDrag')}
                    onDragStart={({ currentTarget, dataTransfer }) => {
                      setDragged(rule.id);
                      // Firefox drags nothing that carries nothing.
                      dataTransfer?.setData('text/plain', title);
                      const card = currentTarget.closest('li');
                      if (card) dataTransfer?.setDragImage(card, 16, 16);
                    }}
                    onDragEnd={() => {
                      setDragged(undefined);
                      setOver(undefined);
                    }}
                  >
                    <Icon name="grip" />
                  </span>
                )}
                <h2 dir="auto">
                  {index + 1}. {title}
                </h2>
                {hit === rule.id && <span class="mark mark-good">{t('ruleHit')}</span>}
                {set.includes(rule.id) && <ManagedMark />}
              </div>
              {rule.name !== '' && <p dir="auto">{whenWords(rule.when)}</p>}
              <p class="rule-gives" dir="auto">
                <Icon name="away" />
                {givenBy(rule)}
              </p>
              {isOwn(rule) && (
                <div class="card-actions">
                  <button type="button" aria-label={t('editNamed', title)} onClick={() => onEdit(rule)}>
                    {t('edit')}
                  </button>
                  <ConfirmButton
                    label={t('remove')}
                    question={t('removeRuleAsk')}
                    onConfirm={() => onSave(rules.filter(({ id }) => id !== rule.id))}
                  />
                  <span class="movers">
                    <button type="button" class="quiet" disabled={index === first} onClick={() => move(rule, index - 1)}>
                      <Icon name="up" />
                      <span class="sr-only">{t('ruleUp', title)}</span>
                    </button>
                    <button type="button" class="quiet" disabled={index === rules.length - 1} onClick={() => move(rule, index + 1)}>
                      <Icon name="chevron" />
                      <span class="sr-only">{t('ruleDown', title)}</span>
                    </button>
                  </span>
                </div>
              )}
            </li>
          );
        })}
      </ol>
      <p class="sr-only" role="status">
        {said}
      </p>
    </>
  );
}
