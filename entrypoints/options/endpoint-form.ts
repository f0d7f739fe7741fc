/** The form of one ticket system: what is typed, tested and saved. Drawn from the recipe's own fields. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { RelaisError } from '../../utils/core/errors.ts';
import type { Choice } from '../../utils/core/ticket.ts';
import type { TestView } from '../../utils/options-views.ts';
import type { Recipe, SettingsField } from '../../utils/recipes/recipe.ts';
import type { Endpoint } from '../../utils/settings/schema.ts';
import type { OptionsModel } from './model.ts';

export interface EndpointDraft {
  readonly id: string;
  readonly recipe: string;
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly queue?: Choice;
  readonly priority?: Choice;
}

/** What the form needs of the recipes; loaded with them, as they are heavy. */
export interface RecipeTools {
  origins(recipe: Recipe, values: Readonly<Record<string, string>>): Promise<readonly string[]>;
  /** Whether a field is asked for with these values. */
  isShown(field: SettingsField, values: Readonly<Record<string, string>>): Promise<boolean>;
}

export interface EndpointForm {
  readonly draft: ReadonlySignal<EndpointDraft>;
  readonly shown: ReadonlySignal<readonly SettingsField[]>;
  readonly test: ReadonlySignal<TestView | undefined>;
  readonly isBusy: ReadonlySignal<boolean>;
  /** Key of a required field → left empty when somebody pressed a button. */
  readonly missing: ReadonlySignal<readonly string[]>;
  /** The browser's question was answered with no. */
  readonly isRefused: ReadonlySignal<boolean>;
  edit(patch: Partial<EndpointDraft>): void;
  editValue(field: SettingsField, value: string): void;
  /** The default for new drafts; `undefined` for none. */
  choose(field: 'queue' | 'priority', choice: Choice | undefined): void;
  /** Both ask the browser for the origins in the same click. */
  runTest(): Promise<void>;
  save(): Promise<boolean>;
}

/** An id that settings accept and nobody else has. */
export function freshId(recipe: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? recipe : `${recipe}-${number}`;
    if (!taken.includes(id)) return id;
  }
}

export function draftFor(recipe: Recipe, taken: readonly string[]): EndpointDraft {
  return { id: freshId(recipe.id, taken), recipe: recipe.id, name: recipe.name, values: defaultsOf(recipe), secrets: {} };
}

export function draftOfEndpoint({ id, recipe, name, values, defaults }: Endpoint, of: Recipe): EndpointDraft {
  return {
    id,
    recipe,
    name,
    values: { ...defaultsOf(of), ...values },
    secrets: {},
    ...(defaults.queue && { queue: defaults.queue }),
    ...(defaults.priority && { priority: defaults.priority }),
  };
}

function defaultsOf(recipe: Recipe): Readonly<Record<string, string>> {
  return Object.fromEntries(
    recipe.settings.flatMap(({ key, kind, default: value }) => (value !== undefined && kind !== 'secret' ? [[key, value] as const] : [])),
  );
}

export function createEndpointForm(
  model: OptionsModel,
  tools: RecipeTools,
  recipe: Recipe,
  start: EndpointDraft,
  kept: readonly string[],
): EndpointForm {
  const draft = signal(start);
  const shown = signal<readonly SettingsField[]>(recipe.settings.filter(({ when }) => when === undefined));
  const test = signal<TestView>();
  const isBusy = signal(false);
  const missing = signal<readonly string[]>([]);
  const isRefused = signal(false);
  /** Absent while they are being worked out, empty where the values give none: the test then says why. */
  let origins: readonly string[] | undefined;
  let following: Promise<void> = Promise.resolve();
  let drawing = 0;

  /** Origins and fields are known before a click, so that the click itself may ask the browser. */
  async function follow(): Promise<void> {
    drawing += 1;
    origins = undefined;
    const turn = drawing;
    const { values } = draft.value;
    const [next, visible] = await Promise.all([
      tools.origins(recipe, values).catch(() => []),
      Promise.all(recipe.settings.map(async (field) => ((await tools.isShown(field, values)) ? [field] : []))),
    ]);
    if (turn !== drawing) return;
    origins = next;
    shown.value = visible.flat();
  }

  function change(next: EndpointDraft): void {
    draft.value = next;
    missing.value = [];
    startFollowing();
  }

  function startFollowing(): void {
    following = follow().catch((thrown: unknown) => {
      origins = [];
      console.error(thrown);
    });
  }

  /** At once where the origins are known; the browser may refuse to ask when it is later than the click. */
  function askForAccess(): Promise<boolean> {
    if (origins === undefined) return following.then(askForAccess);
    return origins.length > 0 ? model.allow(origins) : Promise.resolve(true);
  }

  function endpoint(): Endpoint {
    const { id, name, values, queue, priority } = draft.value;
    return {
      id,
      recipe: recipe.id,
      name: name.trim() || recipe.name,
      values,
      defaults: { ...(queue && { queue }), ...(priority && { priority }) },
    };
  }

  function findMissing(): readonly string[] {
    const { values, secrets } = draft.value;
    const isEmpty = ({ key, kind }: SettingsField) => (kind === 'secret' ? !secrets[key] && !kept.includes(key) : !values[key]?.trim());
    return shown.value.filter((field) => field.required && isEmpty(field)).map(({ key }) => key);
  }

  /** The permission first, while the click still counts. */
  async function withPermission<Value>(otherwise: Value, run: () => Promise<Value>): Promise<Value> {
    missing.value = findMissing();
    if (isBusy.value || missing.value.length > 0) return otherwise;
    const asked = askForAccess();
    isBusy.value = true;
    try {
      isRefused.value = !(await asked);
      return isRefused.value ? otherwise : await run();
    } finally {
      isBusy.value = false;
    }
  }

  startFollowing();

  return {
    draft,
    shown,
    test,
    isBusy,
    missing,
    isRefused,
    edit: (patch) => change({ ...draft.value, ...patch }),
    editValue({ key, kind }, value) {
      test.value = undefined;
      if (kind === 'secret') change({ ...draft.value, secrets: { ...draft.value.secrets, [key]: value } });
      else change({ ...draft.value, values: { ...draft.value.values, [key]: value } });
    },
    choose(field, choice) {
      const { [field]: _before, ...rest } = draft.value;
      draft.value = { ...rest, ...(choice && { [field]: choice }) };
    },
    runTest: () =>
      withPermission(undefined, async () => {
        // An older report must not be read as the answer to this question.
        test.value = undefined;
        try {
          test.value = await model.test(endpoint(), draft.value.secrets);
        } catch (thrown) {
          test.value = { ok: false, warnings: [], error: RelaisError.from(thrown).record() };
        }
      }),
    save: () => withPermission(false, () => model.saveEndpoint(endpoint(), draft.value.secrets)),
  };
}
