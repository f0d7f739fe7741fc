import { plural, t } from '../../utils/i18n.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import { Field } from '../Field.tsx';
import { useTyped } from './typed.ts';

interface Props {
  readonly settings: Settings;
  /** Names of settings that an administrator fixed. */
  readonly locked: readonly string[];
  readonly onSave: (patch: Partial<Settings>) => void;
}

const undoChoices = [0, 3, 6, 10, 30] as const;

/** What the button in the webmail does, and who are one's own people. */
export function ButtonSettings({ settings, locked, onSave }: Props) {
  const isLocked = locked.includes('internalDomains');
  const [domains, setDomains] = useTyped(settings.internalDomains.join(', '), isLocked);
  const choices = [...new Set([...undoChoices, settings.undoSeconds])].toSorted((one, two) => one - two);
  return (
    <div class="form">
      <h2>{t('buttonTitle')}</h2>
      <label class="tick">
        <input
          type="checkbox"
          checked={settings.oneClick}
          disabled={locked.includes('oneClick')}
          onChange={({ currentTarget }) => onSave({ oneClick: currentTarget.checked })}
        />
        <span>
          {t('oneClick')}
          <span class="help">{t('oneClickHelp')}</span>
        </span>
      </label>
      <Field label={t('undoTime')} hint={t('undoTimeHelp')} class="narrow">
        {(ids) => (
          <select
            {...ids}
            disabled={!settings.oneClick || locked.includes('undoSeconds')}
            value={String(settings.undoSeconds)}
            onChange={({ currentTarget }) => onSave({ undoSeconds: Number(currentTarget.value) })}
          >
            {choices.map((seconds) => (
              <option key={seconds} value={String(seconds)}>
                {seconds === 0 ? t('undoNone') : plural('seconds', seconds)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('internalDomains')} hint={t('internalDomainsHelp')}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            spellcheck={false}
            placeholder="example.org, example.com"
            disabled={isLocked}
            value={domains}
            onInput={({ currentTarget }) => setDomains(currentTarget.value)}
            onChange={() => onSave({ internalDomains: domainsIn(domains) })}
          />
        )}
      </Field>
    </div>
  );
}

/** Domains however they were typed: with commas or spaces, with `@` or as a whole address. */
export function domainsIn(text: string): string[] {
  const words = text.toLowerCase().split(/[\s,;]+/);
  return [
    ...new Set(words.map((word) => word.replace(/^.*@/, '').replace(/^https?:\/\/|\/.*$/g, '')).filter((word) => word.includes('.'))),
  ];
}
