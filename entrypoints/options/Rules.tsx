import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../components/Icon.tsx';
import { ErrorWords, Notice } from '../../components/Notice.tsx';
import { RuleForm, type RuleTarget } from '../../components/options/RuleForm.tsx';
import { RuleList } from '../../components/options/RuleList.tsx';
import { type ErrorRecord, RelaisError } from '../../utils/core/errors.ts';
import type { Rule } from '../../utils/core/rules.ts';
import type { ListName } from '../../utils/core/ticket.ts';
import { t } from '../../utils/i18n.ts';
import type { RuleTrial } from '../../utils/options-views.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import type { Ask } from '../../utils/ui/ask.ts';
import { becauseWords } from '../../utils/ui/rule-words.ts';
import type { ListView } from '../../utils/views.ts';
import type { OptionsActs } from './App.tsx';
import type { OptionsModel } from './model.ts';

interface Props {
  readonly model: OptionsModel;
  readonly settings: Settings;
  readonly acts: OptionsActs;
}

/** The list of rules, the form of one of them, and what they make of the thread that was captured last. */
export function Rules({ model, settings, acts }: Props) {
  const { rules, endpoints, templates } = settings;
  const { rules: set, locked } = model.managed.value;
  const isLocked = locked.includes('rules');
  const [open, setOpen] = useState<Rule>();
  const [trial, setTrial] = useState<{ readonly found?: RuleTrial | undefined; readonly error?: ErrorRecord }>();
  const fallback = endpoints.find(({ id }) => id === settings.defaultEndpoint) ?? endpoints[0];
  const [chosen, setChosen] = useState<string>();
  const { target, lists } = useSystem(acts.ask, endpoints.find(({ id }) => id === chosen) ?? fallback, open !== undefined);

  const edit = (rule: Rule | undefined) => {
    setChosen(rule?.give.endpointId);
    setOpen(rule);
  };
  const save = (next: readonly Rule[]) => {
    setTrial(undefined);
    return model.save({ rules: [...next] });
  };
  const keep = (rule: Rule) => {
    const isNew = !rules.some(({ id }) => id === rule.id);
    void save(isNew ? [...rules, rule] : rules.map((other) => (other.id === rule.id ? rule : other))).then(
      (saved) => saved && edit(undefined),
    );
  };
  const tryRules = () =>
    acts.ask('rules.tried', { rules }).then(
      (found) => setTrial({ found }),
      (thrown: unknown) => setTrial({ error: RelaisError.from(thrown).record() }),
    );
  const form = open && (
    <RuleForm
      key={open.id}
      rule={open}
      systems={endpoints}
      defaultSystem={fallback?.name ?? ''}
      target={target}
      templates={templates}
      webmails={settings.webmails.map(({ origin }) => origin)}
      listOf={(list) => lists[list]}
      now={acts.now()}
      onSystem={setChosen}
      onSave={keep}
      onCancel={() => edit(undefined)}
    />
  );
  return (
    <>
      <p class="lead">{t('rulesHelp')}</p>
      {rules.length > 0 && (
        <div class="with-button">
          <button type="button" onClick={() => void tryRules()}>
            {t('ruleTry')}
          </button>
        </div>
      )}
      {trial && (
        <Notice tone={trial.error ? 'bad' : trial.found?.rule ? 'good' : 'info'} live={true}>
          {trial.error ? <ErrorWords error={trial.error} /> : <p dir="auto">{trialWords(trial.found)}</p>}
        </Notice>
      )}
      <RuleList
        rules={rules}
        set={set}
        isLocked={isLocked}
        hit={trial?.found?.rule?.id}
        open={open?.id}
        form={form}
        givenBy={(rule) => givenWords(rule, settings)}
        onEdit={edit}
        onSave={(next) => void save(next)}
      />
      {open !== undefined && !rules.some(({ id }) => id === open.id) ? (
        <div class="card">{form}</div>
      ) : (
        !isLocked &&
        endpoints.length > 0 && (
          <button type="button" onClick={() => edit({ id: crypto.randomUUID(), name: '', when: {}, give: {} })}>
            <Icon name="plus" />
            {t('addRule')}
          </button>
        )
      )}
      {endpoints.length === 0 && (
        <Notice tone="info" icon="ticket">
          <p>{t('rulesNeedSystem')}</p>
        </Notice>
      )}
    </>
  );
}

type Lists = { readonly [Name in ListName]?: ListView };

/** What the form can offer for a ticket system: asked while the form is open. */
function useSystem(ask: Ask, endpoint: Settings['endpoints'][number] | undefined, isOpen: boolean) {
  const [target, setTarget] = useState<RuleTarget>();
  const [lists, setLists] = useState<Lists>({});
  useEffect(() => {
    if (endpoint === undefined || !isOpen) return;
    const { id, name, recipe: recipeId } = endpoint;
    let isCurrent = true;
    setTarget(undefined);
    setLists({});
    const load = async () => {
      const recipe = await (await import('./recipes.ts')).findRecipe(recipeId);
      if (!isCurrent) return;
      setTarget({
        id,
        name,
        fields: (['queue', 'priority', 'assignee', 'tags'] as const).filter((field) => recipe?.fields[field] !== undefined),
      });
      for (const list of ['queues', 'priorities', 'assignees', 'tags'] as const) {
        if (recipe?.lists?.[list] === undefined) continue;
        // Without a list the field is typed.
        const view = await ask('list.opened', { endpointId: id, list }).catch(() => undefined);
        if (view && isCurrent) setLists((others) => ({ ...others, [list]: view }));
      }
    };
    load().catch((thrown: unknown) => console.error(thrown));
    return () => {
      isCurrent = false;
    };
  }, [endpoint?.id, isOpen]);
  return { target, lists };
}

function trialWords(found: RuleTrial | undefined): string {
  if (found === undefined) return t('ruleTryNothing');
  const subject = found.subject || t('untitled');
  return found.rule ? t('ruleTryHit', subject, becauseWords(found.rule)) : t('ruleTryNone', subject);
}

/** `Helpdesk · Billing · High`: what a thread gets by it. */
function givenWords({ give }: Rule, { endpoints, templates }: Settings): string {
  const system = endpoints.find(({ id }) => id === give.endpointId)?.name;
  const template = templates.find(({ id }) => id === give.template)?.name;
  return [
    give.endpointId !== undefined && (system ?? t('ruleSystemGone')),
    give.queue?.label,
    give.priority?.label,
    give.assignee?.label,
    ...(give.tags ?? []).map(({ label }) => label),
    give.template !== undefined && (template ?? t('ruleTemplateGone')),
  ]
    .filter(Boolean)
    .join(' · ');
}
