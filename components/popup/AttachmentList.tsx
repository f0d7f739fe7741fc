import { plural, t } from '../../utils/i18n.ts';
import { formatSize } from '../../utils/ui/format.ts';
import type { MessageView } from '../../utils/views.ts';
import { Icon } from '../Icon.tsx';
import { SectionHead } from './SectionHead.tsx';

interface Props {
  readonly messages: readonly MessageView[];
  readonly onTick: (ids: readonly string[], ticked: boolean) => void;
}

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

/** The files of the ticked messages, to tick; pictures inside the text and the originals are said once. */
export function AttachmentList({ messages, onTick }: Props) {
  const kept = messages.filter(({ ticked }) => ticked);
  const files = kept.flatMap(({ attachments }) => attachments.filter(({ inline }) => !inline));
  const pictures = kept.flatMap(({ attachments }) => attachments.filter(({ inline }) => inline));
  const originals = kept.flatMap(({ original }) => (original === undefined ? [] : [original]));
  if (files.length + pictures.length + originals.length === 0) return null;
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
          <ul class="rows" aria-labelledby="attachments">
            {files.map(({ id, filename, size, ticked }) => (
              <li key={id} class={ticked ? 'row' : 'row row-out'}>
                <label class="row-head">
                  <input type="checkbox" checked={ticked} onChange={({ currentTarget }) => onTick([id], currentTarget.checked)} />
                  <span class="row-name row-file" dir="auto" title={filename}>
                    {filename}
                  </span>
                  <span class="row-when">{formatSize(size)}</span>
                </label>
              </li>
            ))}
          </ul>
        </>
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
