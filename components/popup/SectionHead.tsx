import { t } from '../../utils/i18n.ts';

interface Props {
  readonly id: string;
  readonly title: string;
  readonly ids: readonly string[];
  readonly ticked: number;
  readonly onTick: (ids: readonly string[], ticked: boolean) => void;
}

/** Heading of a list of ticks: how many are in, and one box for all of them where that saves clicks. */
export function SectionHead({ id, title, ids, ticked, onTick }: Props) {
  const isMixed = ticked > 0 && ticked < ids.length;
  return (
    <div class="section-head">
      {ids.length > 2 && (
        <input
          type="checkbox"
          aria-label={t('tickAll', title)}
          checked={ticked === ids.length}
          ref={(box) => {
            if (box) box.indeterminate = isMixed;
          }}
          onChange={({ currentTarget }) => onTick(ids, currentTarget.checked)}
        />
      )}
      <h2 id={id}>{title}</h2>
      <span class="section-count">{ticked === ids.length ? String(ids.length) : t('tickedOf', ticked, ids.length)}</span>
    </div>
  );
}
