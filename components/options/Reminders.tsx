import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import { Field } from '../Field.tsx';
import { useTyped } from './typed.ts';

interface Props {
  readonly settings: Settings;
  /** Names of settings that an administrator fixed. */
  readonly locked: readonly string[];
  readonly onSave: (patch: Partial<Settings>) => void;
  /** Asks the browser; call it within a click. */
  readonly onAllow: () => Promise<boolean>;
}

/** What Relais may remind of by itself: both off at first. */
export function Reminders({ settings, locked, onSave, onAllow }: Props) {
  const isLocked = locked.includes('nudgeFor');
  const [clients, setClients] = useTyped(settings.nudgeFor.join(', '), isLocked);
  const [isRefused, setRefused] = useState(false);
  async function switchTo(notify: boolean): Promise<void> {
    const isAllowed = !notify || (await onAllow());
    setRefused(!isAllowed);
    // A box that stays as it was is drawn as it was: saved either way.
    onSave({ notify: notify && isAllowed });
  }
  return (
    <div class="form">
      <h2>{t('remindersTitle')}</h2>
      <Field label={t('nudgeFor')} hint={t('nudgeForHelp')}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            spellcheck={false}
            placeholder="client.example, ana@partner.example"
            disabled={isLocked}
            value={clients}
            onInput={({ currentTarget }) => setClients(currentTarget.value)}
            onChange={() => onSave({ nudgeFor: wordsIn(clients) })}
          />
        )}
      </Field>
      <label class="tick">
        <input
          type="checkbox"
          checked={settings.notify}
          disabled={locked.includes('notify')}
          onChange={({ currentTarget }) => void switchTo(currentTarget.checked)}
        />
        <span>
          {t('notify')}
          <span class={isRefused ? 'help help-bad' : 'help'} role={isRefused ? 'alert' : undefined}>
            {t(isRefused ? 'notifyRefused' : 'notifyHelp')}
          </span>
        </span>
      </label>
    </div>
  );
}

/** Addresses and domains, however they were typed. */
function wordsIn(text: string): string[] {
  const words = text.toLowerCase().split(/[\s,;]+/);
  return [...new Set(words.map((word) => word.replace(/^@/, '')).filter((word) => word.includes('.')))];
}
