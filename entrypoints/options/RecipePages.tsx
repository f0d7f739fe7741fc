/** A recipe of one's own, from its beginning to the form of the ticket system: `systems/recipe`, `systems/recipe/ID`. Loaded when it is wanted. */
import { useMemo, useState } from 'preact/hooks';
import { RecipeEditorForm } from '../../components/options/RecipeEditorForm.tsx';
import { RecipeStart } from '../../components/options/RecipeStart.tsx';
import { t } from '../../utils/i18n.ts';
import type { RecipeCard } from '../../utils/recipes/catalogue.ts';
import { ownId, type RecipeDocument, recipeOf, type Started } from '../../utils/recipes/editor/from-request.ts';
import { findDocument } from '../../utils/recipes/index.ts';
import { readOwn } from '../../utils/recipes/own.ts';
import type { Fault } from '../../utils/recipes/recipe.ts';
import type { OwnRecipe } from '../../utils/settings/schema.ts';
import { createRecipeEditor } from './recipe-editor.ts';
import { goTo } from './route.ts';

interface Props {
  readonly cards: readonly RecipeCard[];
  readonly own: readonly OwnRecipe[];
  /** The one to change; absent for a new one. */
  readonly recipe: OwnRecipe | undefined;
  readonly onDownload: (name: string, content: string) => void;
  /** Resolves with whether it was stored. */
  readonly onSave: (recipes: readonly OwnRecipe[]) => Promise<boolean>;
  /** A new recipe was stored: these values and credentials are for its ticket system. */
  readonly onReady: (started: Started) => void;
}

interface Begun extends Started {
  readonly unread: readonly string[];
}

export function RecipePages({ cards, own, recipe, onDownload, onSave, onReady }: Props) {
  const [begun, begin] = useState<Begun | undefined>(recipe && { document: recipe, values: {}, secrets: {}, unread: [] });
  const taken = own.map(({ id }) => id);
  const start = (started: Started, unread: readonly string[] = []) => begin({ ...started, unread });
  if (begun === undefined)
    return (
      <RecipeStart
        // A mail has no request that another system's could begin with.
        recipes={cards.filter(({ id }) => id !== 'mail')}
        onRequest={(request, unread) => start(recipeOf(request, taken), unread)}
        onRecipe={(id) =>
          void findDocument(id).then((document) => {
            const renamed = underOwnId(document, taken);
            if (renamed !== undefined) start({ document: renamed, values: {}, secrets: {} });
          })
        }
        onFile={(text) => {
          const read = readFile(text, taken);
          if (read.document !== undefined) start({ document: read.document, values: {}, secrets: {} });
          return read.faults;
        }}
      />
    );
  return (
    <Editing
      begun={begun}
      onDownload={onDownload}
      onSave={async (document) => {
        const next = document as OwnRecipe;
        const isNew = recipe === undefined;
        // An edited recipe keeps its id: ticket systems know it by that.
        const kept = isNew ? { ...next, id: ownId(next.id.replace(/^my-/, ''), taken) } : { ...next, id: recipe.id };
        const stored = await onSave(isNew ? [...own, kept] : own.map((other) => (other.id === recipe.id ? kept : other)));
        if (!stored) return;
        if (isNew) onReady({ document: kept, values: begun.values, secrets: begun.secrets });
        else goTo('systems');
      }}
    />
  );
}

interface EditingProps {
  readonly begun: Begun;
  readonly onDownload: (name: string, content: string) => void;
  readonly onSave: (document: RecipeDocument) => Promise<void>;
}

function Editing({ begun, onDownload, onSave }: EditingProps) {
  const editor = useMemo(() => createRecipeEditor(begun.document, begun.values), []);
  const whenSound = (use: (document: RecipeDocument) => void) => {
    const document = editor.document();
    if (document !== undefined) use(document);
  };
  return (
    <>
      <p class="crumbs">
        <a href="#/systems">{t('sectionSystems')}</a> / <span>{t('recipeEditorTitle')}</span>
      </p>
      <RecipeEditorForm
        sketch={editor.sketch.value}
        places={editor.places.value}
        place={editor.place.value}
        faults={editor.faults.value}
        preview={editor.preview.value}
        canUndo={editor.canUndo.value}
        canRedo={editor.canRedo.value}
        unread={begun.unread}
        onEdit={editor.edit}
        onShow={editor.show}
        onAdd={editor.add}
        onRemove={editor.remove}
        onRequest={editor.takeRequest}
        onAnswer={editor.takeAnswer}
        onUndo={editor.undo}
        onRedo={editor.redo}
        onSave={() => whenSound((document) => void onSave(document))}
        onShare={() => whenSound((document) => onDownload(`${String(document.id)}.json`, fileOf(document)))}
        onCancel={() => goTo('systems')}
      />
    </>
  );
}

/** A recipe as a file: no credentials are in it, they never were. */
export function fileOf(document: RecipeDocument): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function underOwnId(document: unknown, taken: readonly string[]): RecipeDocument | undefined {
  if (typeof document !== 'object' || document === null || !('id' in document) || typeof document.id !== 'string') return undefined;
  const { $schema: _, ...rest } = { $schema: '', ...document };
  return { ...rest, id: ownId(document.id.replace(/^my-/, ''), taken) };
}

function readFile(text: string, taken: readonly string[]): { readonly document?: RecipeDocument; readonly faults: readonly Fault[] } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (thrown) {
    return { faults: [{ path: '', message: thrown instanceof Error ? thrown.message : 'JSON' }] };
  }
  const document = underOwnId(parsed, taken);
  if (document === undefined) return { faults: readOwn(parsed).faults };
  const { faults } = readOwn(document);
  return faults.length === 0 ? { document, faults } : { faults };
}
