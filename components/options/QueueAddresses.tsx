import { formatMailbox, parseMailbox } from '../../utils/core/mailbox.ts';
import { t } from '../../utils/i18n.ts';
import type { Settings } from '../../utils/settings/schema.ts';
import { Field } from '../Field.tsx';
import { GrowingText } from '../GrowingText.tsx';
import { useTyped } from './typed.ts';

interface Props {
  readonly addresses: Settings['mailIn'];
  readonly isLocked: boolean;
  readonly onSave: (addresses: Settings['mailIn']) => void;
}

/** Addresses at which a mail becomes a ticket, one a line: `Support <support@help.example>`. */
export function QueueAddresses({ addresses, isLocked, onSave }: Props) {
  const [text, setText] = useTyped(addresses.map(formatMailbox).join('\n'), isLocked);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const wrong = lines.find((line) => parseMailbox(line) === undefined);
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong === undefined) onSave(lines.flatMap((line) => parseMailbox(line) ?? []));
      }}
    >
      <h2>{t('queueAddresses')}</h2>
      <Field
        label={t('queueAddressesLabel')}
        hint={t('queueAddressesHelp')}
        problem={wrong === undefined ? undefined : t('queueAddressesWrong', wrong.trim())}
      >
        {(ids) => (
          <GrowingText {...ids} value={text} rows={2} disabled={isLocked} placeholder="Support <support@help.example>" onType={setText} />
        )}
      </Field>
      {!isLocked && (
        <div class="editor-actions">
          <button type="submit" disabled={wrong !== undefined}>
            {t('save')}
          </button>
        </div>
      )}
    </form>
  );
}
