import { useId, useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import { CodeField } from '../CodeField.tsx';
import { Notice } from '../Notice.tsx';

/** What is wrong with a document, and where in it. */
export interface Place {
  readonly path: string;
  readonly message: string;
}

interface Props {
  /** Empty when it was taken. */
  readonly onImport: (text: string) => Promise<readonly Place[]>;
}

/** A document from a file or from the clipboard; nothing is changed unless all of it is right. */
export function ImportSettings({ onImport }: Props) {
  const [text, setText] = useState('');
  const [places, setPlaces] = useState<readonly Place[]>();
  const fileId = useId();
  return (
    <form
      class="block form"
      onSubmit={(event) => {
        event.preventDefault();
        void onImport(text).then((found) => {
          setPlaces(found);
          if (found.length === 0) setText('');
        });
      }}
    >
      <h2>{t('importTitle')}</h2>
      <p class="help">{t('importHelp')}</p>
      <div class="field">
        <label for={fileId}>{t('importFile')}</label>
        <input
          id={fileId}
          type="file"
          accept="application/json,.json"
          onChange={({ currentTarget }) => {
            setPlaces(undefined);
            void currentTarget.files?.[0]?.text().then(setText);
          }}
        />
      </div>
      <CodeField
        label={t('importPaste')}
        rows={5}
        value={text}
        onType={(text) => {
          setText(text);
          setPlaces(undefined);
        }}
      />
      {places !== undefined && places.length === 0 && (
        <Notice tone="good" live={true}>
          <p>{t('importDone')}</p>
        </Notice>
      )}
      {places !== undefined && places.length > 0 && (
        <Notice tone="bad" live={true}>
          <p>{t('importWrong')}</p>
          <ul>
            {places.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                {path && <code>{path}</code>} {message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div>
        <button type="submit" disabled={text.trim() === ''}>
          {t('importSettings')}
        </button>
      </div>
    </form>
  );
}
