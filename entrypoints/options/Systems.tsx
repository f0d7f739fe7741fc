import { useEffect, useMemo, useState } from 'preact/hooks';
import { EndpointEditor } from '../../components/options/EndpointEditor.tsx';
import { OwnRecipes } from '../../components/options/OwnRecipes.tsx';
import { RecipeCards } from '../../components/options/RecipeCards.tsx';
import { SystemList } from '../../components/options/SystemList.tsx';
import { t } from '../../utils/i18n.ts';
import type { RecipeCard } from '../../utils/recipes/catalogue.ts';
import type { Recipe } from '../../utils/recipes/recipe.ts';
import type { Endpoint, Settings } from '../../utils/settings/schema.ts';
import { recipeWords } from '../../utils/ui/recipe-words.ts';
import type { ListView } from '../../utils/views.ts';
import type { OptionsActs } from './App.tsx';
import { createEndpointForm, draftFor, draftOfEndpoint, type EndpointDraft } from './endpoint-form.ts';
import type { OptionsModel } from './model.ts';
import { goTo } from './route.ts';
import { Writing } from './Writing.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly settings: Settings;
  readonly rest: readonly string[];
  readonly acts: OptionsActs;
}

type RecipeModule = typeof import('./recipes.ts');

interface Loaded {
  readonly module: RecipeModule;
  readonly cards: readonly RecipeCard[];
}

/** What was pasted along with a new recipe, for the form of its ticket system. In memory only: credentials are in it. */
interface Carried {
  readonly recipe: string;
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** List, choice of the product, or the form of one system: `systems`, `systems/add`, `systems/add/rt`, `systems/edit/ID`; `systems/recipe…` for recipes. */
export function Systems({ model, settings, rest, acts }: Props) {
  const [loaded, setLoaded] = useState<Loaded>();
  const [recipe, setRecipe] = useState<Recipe>();
  const [carried, carry] = useState<Carried>();
  useEffect(() => {
    load().then(setLoaded, (thrown: unknown) => console.error(thrown));
  }, []);
  const { recipes } = settings;
  const [way, id] = rest;
  const endpoint = way === 'edit' ? settings.endpoints.find((known) => known.id === id) : undefined;
  const wanted = way === 'add' ? id : endpoint?.recipe;
  // Its text, as settings are read again whenever anything changes: what is typed into the form must outlive that.
  const own = JSON.stringify(recipes.filter((known) => known.id === wanted));
  useEffect(() => {
    setRecipe(undefined);
    if (wanted !== undefined)
      loaded?.module.findRecipe(wanted, JSON.parse(own)).then(setRecipe, (thrown: unknown) => console.error(thrown));
  }, [loaded, wanted, own]);
  if (loaded === undefined || (isKnown([...loaded.cards, ...recipes], wanted) && recipe?.id !== wanted))
    return <p role="status">{t('loading')}</p>;

  if (way === 'recipe' && !model.managed.value.locked.includes('recipes'))
    return (
      <Writing
        key={id}
        cards={loaded.cards}
        own={recipes}
        recipe={recipes.find((known) => known.id === id)}
        onDownload={acts.download}
        onSave={(next) => model.save({ recipes: [...next] })}
        onReady={({ document, values, secrets }) => {
          const made = String(document.id);
          carry({ recipe: made, values, secrets });
          goTo(`systems/add/${made}`);
        }}
      />
    );
  if (way === 'add' && id === undefined) {
    const own = recipes.map(({ id, name }) => ({ id, name, hint: t('recipeOwn'), kind: 'any' as const }));
    return (
      <>
        <p class="lead">{t('recipeChoose')}</p>
        <RecipeCards recipes={[...own, ...loaded.cards]} onChoose={(recipe) => goTo(`systems/add/${recipe}`)} />
        <section class="block">
          <h2>{t('recipeOwnTitle')}</h2>
          <p class="help">{t('recipeOwnHelp')}</p>
          <div>
            <button type="button" onClick={() => goTo('systems/recipe')}>
              {t('recipeOwnStart')}
            </button>
          </div>
        </section>
      </>
    );
  }
  if (recipe && recipe.id === wanted) {
    const taken = settings.endpoints.map((known) => known.id);
    return (
      <Editor
        key={`${way}/${id}`}
        model={model}
        acts={acts}
        module={loaded.module}
        recipe={recipe}
        endpoint={endpoint}
        // The next thing that a new user does; without it they'd have to find it.
        next={settings.webmails.length === 0 ? 'webmails' : 'systems'}
        start={endpoint ? draftOfEndpoint(endpoint, recipe) : draftWith(draftFor(recipe, taken), carried)}
      />
    );
  }
  return <List model={model} settings={settings} loaded={loaded} acts={acts} />;
}

async function load(): Promise<Loaded> {
  const module = await import('./recipes.ts');
  return { module, cards: await module.listRecipes() };
}

function draftWith(draft: EndpointDraft, carried: Carried | undefined): EndpointDraft {
  if (carried?.recipe !== draft.recipe) return draft;
  return { ...draft, values: { ...draft.values, ...carried.values }, secrets: carried.secrets };
}

function isKnown(cards: readonly { readonly id: string }[], id: string | undefined): boolean {
  return cards.some((card) => card.id === id);
}

interface ListProps {
  readonly model: OptionsModel;
  readonly settings: Settings;
  readonly loaded: Loaded;
  readonly acts: OptionsActs;
}

function List({ model, settings, loaded, acts }: ListProps) {
  const { module, cards } = loaded;
  const { endpoints, defaultEndpoint, recipes } = settings;
  const [origins, setOrigins] = useState<Readonly<Record<string, readonly string[]>>>({});
  useEffect(() => {
    Promise.all(endpoints.map(async (endpoint) => [endpoint.id, await module.originsOf(endpoint, recipes).catch(() => [])] as const)).then(
      (entries) => setOrigins(Object.fromEntries(entries)),
      (thrown: unknown) => console.error(thrown),
    );
  }, [endpoints, recipes, module]);
  const granted = model.granted.value;
  return (
    <>
      <SystemList
        systems={endpoints.map((endpoint) => ({
          endpoint,
          product: recipeWords([...cards, ...recipes].find(({ id }) => id === endpoint.recipe)?.name ?? endpoint.recipe),
          origins: origins[endpoint.id] ?? [],
          isSet: model.managed.value.endpoints.includes(endpoint.id),
          isAllowed: (origins[endpoint.id] ?? []).every((origin) => granted[origin] !== false),
        }))}
        defaultId={defaultEndpoint ?? endpoints[0]?.id}
        isLocked={model.managed.value.locked.includes('endpoints')}
        onAdd={() => goTo('systems/add')}
        onEdit={(id) => goTo(`systems/edit/${id}`)}
        canChooseDefault={!model.managed.value.locked.includes('defaultEndpoint')}
        onMakeDefault={(id) => void model.save({ defaultEndpoint: id })}
        onAllow={(needed) => void model.allow(needed)}
      />
      <OwnRecipes
        recipes={recipes}
        used={new Set(endpoints.map(({ recipe }) => recipe))}
        set={model.managed.value.recipes}
        isLocked={model.managed.value.locked.includes('recipes')}
        onEdit={(id) => goTo(`systems/recipe/${id}`)}
        onShare={(recipe) => acts.download(`${recipe.id}.json`, `${JSON.stringify(recipe, undefined, 2)}\n`)}
        onRemove={(id) => void model.save({ recipes: recipes.filter((recipe) => recipe.id !== id) })}
      />
    </>
  );
}

interface EditorProps {
  readonly model: OptionsModel;
  readonly acts: OptionsActs;
  readonly module: RecipeModule;
  readonly recipe: Recipe;
  readonly endpoint: Endpoint | undefined;
  /** Where a saved form leads. */
  readonly next: string;
  readonly start: EndpointDraft;
}

function Editor({ model, acts, module, recipe, endpoint, next, start }: EditorProps) {
  const kept = endpoint ? (model.secrets.value[endpoint.id] ?? []) : [];
  const form = useMemo(() => createEndpointForm(model, module.tools, recipe, start, kept), []);
  const [lists, setLists] = useState<{ readonly queues?: ListView; readonly priorities?: ListView }>({});
  const endpointId = endpoint?.id;
  const { ask } = acts;
  useEffect(() => {
    if (endpointId === undefined) return;
    for (const list of ['queues', 'priorities'] as const) {
      // Without a list the field is typed; the test says why there is none.
      ask('list.opened', { endpointId, list }).then(
        (view) => setLists((others) => ({ ...others, [list]: view })),
        () => {},
      );
    }
  }, [endpointId, ask]);
  const { name, values, secrets, queue, priority } = form.draft.value;
  const back = () => goTo('systems');
  return (
    <>
      <p class="crumbs">
        <a href="#/systems">{t('sectionSystems')}</a> / <span>{endpoint ? endpoint.name : recipeWords(recipe.name)}</span>
        {recipe.docs && (
          <a class="docs" href={recipe.docs} target="_blank" rel="noopener noreferrer">
            {t('vendorDocs')}
          </a>
        )}
      </p>
      <EndpointEditor
        recipe={recipe}
        name={name}
        values={values}
        secrets={secrets}
        queue={queue}
        priority={priority}
        fields={form.shown.value}
        redirect={recipe.auth.some((auth) => auth.kind === 'oauth2' && auth.grant === 'code-pkce') ? acts.redirect() : undefined}
        kept={kept}
        missing={form.missing.value}
        test={form.test.value}
        isBusy={form.isBusy.value}
        isRefused={form.isRefused.value}
        queues={lists.queues}
        priorities={lists.priorities}
        now={acts.now()}
        isSet={endpointId !== undefined && model.managed.value.endpoints.includes(endpointId)}
        onName={(next) => form.edit({ name: next })}
        onValue={form.editValue}
        onQueue={(next) => form.choose('queue', next)}
        onPriority={(next) => form.choose('priority', next)}
        onTest={() => void form.runTest()}
        onSave={() => void form.save().then((saved) => saved && goTo(next))}
        onCancel={back}
        onForget={
          endpointId === undefined || kept.length === 0
            ? undefined
            : () => void model.forgetSecrets(endpointId).then((done) => done && back())
        }
        onRemove={endpointId === undefined ? undefined : () => void model.removeEndpoint(endpointId).then((removed) => removed && back())}
      />
    </>
  );
}
