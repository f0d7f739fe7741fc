import { t } from '../../utils/i18n.ts';
import type { Settings } from '../../utils/settings/schema.ts';

type Theme = Settings['appearance']['theme'];

const themes = [
  ['system', 'themeSystem'],
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
] as const satisfies readonly (readonly [Theme, string])[];

/** Light, dark, or as the computer has it. */
export function ThemeChoice({ theme, onChoose }: { readonly theme: Theme; readonly onChoose: (theme: Theme) => void }) {
  return (
    <fieldset class="radios">
      <legend>{t('theme')}</legend>
      {themes.map(([value, key]) => (
        <label key={value} class="tick">
          <input type="radio" name="theme" value={value} checked={theme === value} onChange={() => onChoose(value)} />
          <span>{t(key)}</span>
        </label>
      ))}
    </fieldset>
  );
}
