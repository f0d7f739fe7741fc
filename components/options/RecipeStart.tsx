import { useId, useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import type { RecipeCard } from '../../utils/recipes/catalogue.ts';
import { readCurl } from '../../utils/recipes/editor/curl.ts';
import { type OpenApi, readOpenApi } from '../../utils/recipes/editor/openapi.ts';
import type { PastedRequest, Reading } from '../../utils/recipes/editor/pasted.ts';
import type { Fault } from '../../utils/recipes/recipe.ts';
import { recipeWords } from '../../utils/ui/recipe-words.ts';
import { CodeField } from '../CodeField.tsx';
import { Field } from '../Field.tsx';
import { Notice } from '../Notice.tsx';

interface Props {
  readonly recipes: readonly RecipeCard[];
  readonly onRequest: (request: PastedRequest, unread: readonly string[]) => void;
  readonly onRecipe: (id: string) => void;
  /** Takes the text of a file; gives what is wrong with it, nothing when it was taken. */
  readonly onFile: (text: string) => readonly Fault[];
}

/** Ways to begin a recipe of one's own. */
export function RecipeStart({ recipes, onRequest, onRecipe, onFile }: Props) {
  const [recipe, setRecipe] = useState(recipes[0]?.id ?? '');
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const fileId = useId();
  return (
    <>
      <p class="lead">{t('recipeStartHelp')}</p>
      <CurlBox onRequest={onRequest} />
      <OpenApiBox onRequest={onRequest} />
      <section class="block form">
        <h2>{t('startRecipeTitle')}</h2>
        <Field label={t('startRecipe')}>
          {(ids) => (
            <select {...ids} value={recipe} onChange={({ currentTarget }) => setRecipe(currentTarget.value)}>
              {recipes.map(({ id, name }) => (
                <option key={id} value={id}>
                  {recipeWords(name)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div>
          <button type="button" onClick={() => onRecipe(recipe)}>
            {t('startFromRecipe')}
          </button>
        </div>
      </section>
      <section class="block form">
        <h2>{t('startFileTitle')}</h2>
        <div class="field">
          <label for={fileId}>{t('startFile')}</label>
          <input
            id={fileId}
            type="file"
            accept="application/json,.json"
            onChange={({ currentTarget }) => void currentTarget.files?.[0]?.text().then((text) => setFaults(onFile(text)))}
          />
        </div>
        {faults.length > 0 && <FaultList title={t('startFileWrong')} faults={faults} />}
      </section>
    </>
  );
}

/** Each wrong place of a document. */
export function FaultList({ title, faults }: { readonly title: string; readonly faults: readonly Fault[] }) {
  return (
    <Notice tone="bad" live={true}>
      <p>{title}</p>
      <ul>
        {faults.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            {path && <code>{path}</code>} {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

interface BoxProps {
  readonly onRequest: (request: PastedRequest, unread: readonly string[]) => void;
}

/** Takes a `curl` command. What was pasted is forgotten as soon as it is read: it may hold a token. */
export function CurlBox({ onRequest }: BoxProps) {
  const [text, setText] = useState('');
  const [reading, setReading] = useState<Reading>();
  return (
    <form
      class="block form"
      onSubmit={(event) => {
        event.preventDefault();
        const read = readCurl(text);
        setReading(read);
        if (read.request === undefined) return;
        setText('');
        onRequest(read.request, read.unread);
      }}
    >
      <h2>{t('startCurlTitle')}</h2>
      <CodeField label={t('startCurl')} hint={t('startCurlHelp')} rows={4} value={text} onType={setText} />
      {reading?.request === undefined && reading !== undefined && (
        <Notice tone="bad" live={true}>
          <p>{t('startCurlNone')}</p>
        </Notice>
      )}
      <Unread pieces={reading?.unread ?? []} />
      <div>
        <button type="submit" disabled={text.trim() === ''}>
          {t('startRead')}
        </button>
      </div>
    </form>
  );
}

function OpenApiBox({ onRequest }: BoxProps) {
  const [text, setText] = useState('');
  const [read, setRead] = useState<OpenApi>();
  const [chosen, choose] = useState(0);
  const [reading, setReading] = useState<Reading>();
  const type = (next: string) => {
    setText(next);
    choose(0);
    setRead(next.trim() === '' ? undefined : readOpenApi(next));
  };
  return (
    <form
      class="block form"
      onSubmit={(event) => {
        event.preventDefault();
        const operation = read?.ok ? read.operations[chosen] : undefined;
        if (!read?.ok || operation === undefined) return;
        const found = read.read(operation);
        setReading(found);
        if (found.request !== undefined) onRequest(found.request, found.unread);
      }}
    >
      <h2>{t('startOpenApiTitle')}</h2>
      <CodeField
        label={t('startOpenApi')}
        problem={read?.ok === false ? t('startOpenApiNone', read.message) : undefined}
        rows={4}
        value={text}
        onType={type}
      />
      {read?.ok && (
        <Field label={t('startOperation')}>
          {(ids) => (
            <select {...ids} value={String(chosen)} onChange={({ currentTarget }) => choose(Number(currentTarget.value))}>
              {read.operations.map(({ method, path, summary }, index) => (
                <option key={`${method} ${path}`} value={String(index)}>
                  {`${method} ${path} ${summary}`}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Unread pieces={reading?.unread ?? []} />
      <div>
        <button type="submit" disabled={read?.ok !== true}>
          {t('startOperationUse')}
        </button>
      </div>
    </form>
  );
}

/** What of a pasted text was left out. */
export function Unread({ pieces }: { readonly pieces: readonly string[] }) {
  if (pieces.length === 0) return null;
  return (
    <Notice tone="warning" live={true}>
      <p>{t('startUnread')}</p>
      <ul>
        {[...new Set(pieces)].map((piece) => (
          <li key={piece}>
            <code>{piece}</code>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
