import { plural, t } from '../../utils/i18n.ts';
import { formatSize } from '../../utils/ui/format.ts';
import { decorationWords } from '../../utils/ui/words.ts';
import type { AttachmentView, MessageView } from '../../utils/views.ts';
import { Icon } from '../Icon.tsx';
import { SectionHead } from './SectionHead.tsx';

interface Props {
  readonly messages: readonly MessageView[];
  readonly onTick: (ids: readonly string[], ticked: boolean) => void;
}

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

/** The files of the ticked messages, to tick; decoration apart; pictures inside the text and the originals are said once. */
export function AttachmentList({ messages, onTick }: Props) {
  const kept = messages.filter(({ ticked }) => ticked);
  const all = kept.flatMap(({ attachments }) => attachments);
  const files = all.filter(({ inline, decoration }) => !inline && !decoration);
  const pictures = all.filter(({ inline, decoration }) => inline && !decoration);
  const decoration = all.filter((file) => file.decoration);
  const originals = kept.flatMap(({ original }) => (original === undefined ? [] : [original]));
  if (all.length + originals.length === 0) return null;
  return (
    <section class="list-section">
      {files.length > 0 && (
        <>
          <SectionHead
            id="attachments"
            title={t('attachmentsTitle')}
            ids={files.map(({ id }) => id)}
            ticked={files.filter(({ ticked }) => ticked).length}
            onTick={onTick}
          />
          <Rows files={files} name={{ 'aria-labelledby': 'attachments' }} onTick={onTick} />
        </>
      )}
      {decoration.length > 0 && (
        <details>
          <summary class="along">{plural('filesLeftOut', decoration.length)}</summary>
          <Rows files={decoration} name={{ 'aria-label': plural('filesLeftOut', decoration.length) }} onTick={onTick} />
        </details>
      )}
      {originals.length > 0 && (
        <p class="along">
          <Icon name="mail" />
          {plural('originalsAlong', originals.length, formatSize(sum(originals)))}
        </p>
      )}
      {pictures.length > 0 && (
        <p class="along">
          <Icon name="clip" />
          {plural('picturesAlong', pictures.length, formatSize(sum(pictures.map(({ size }) => size))))}
        </p>
      )}
    </section>
  );
}

interface RowsProps {
  readonly files: readonly AttachmentView[];
  readonly name: { readonly 'aria-label': string } | { readonly 'aria-labelledby': string };
  readonly onTick: Props['onTick'];
}

function Rows({ files, name, onTick }: RowsProps) {
  return (
    <ul class="rows" {...name}>
      {files.map(({ id, filename, size, ticked, decoration, risky }) => (
        <li key={id} class={ticked ? 'row' : 'row row-out'}>
          <label class="row-head">
            <input type="checkbox" checked={ticked} onChange={({ currentTarget }) => onTick([id], currentTarget.checked)} />
            <span class="row-name row-file" dir="auto" title={filename}>
              {filename}
            </span>
            <span class="row-when">{decoration ? decorationWords(decoration) : formatSize(size)}</span>
          </label>
          {risky && <p class="row-risky">{t('fileRisky')}</p>}
        </li>
      ))}
    </ul>
  );
}
