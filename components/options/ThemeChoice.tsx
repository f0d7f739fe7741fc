import { t } from '../../utils/i18n.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import { ManagedMark } from './ManagedNotice.tsx';

type Theme = Settings['appearance']['theme'];

const themes = [
  ['system', 'themeSystem'],
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
] as const satisfies readonly (readonly [Theme, string])[];

interface Props {
  readonly theme: Theme;
  /** An administrator chose it. */
  readonly isLocked: boolean;
  readonly onChoose: (theme: Theme) => void;
}

/** Light, dark, or as the computer has it. */
export function ThemeChoice({ theme, isLocked, onChoose }: Props) {
  return (
    <fieldset class="radios" disabled={isLocked}>
      <legend>{t('theme')}</legend>
      {isLocked && <ManagedMark />}
      {themes.map(([value, key]) => (
        <label key={value} class="tick">
          <input type="radio" name="theme" value={value} checked={theme === value} onChange={() => onChoose(value)} />
          <span>{t(key)}</span>
        </label>
      ))}
    </fieldset>
  );
}
