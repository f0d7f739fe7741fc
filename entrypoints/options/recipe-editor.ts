/** The recipe in the making: what is typed, what is wrong with it, which requests it makes, and the way back. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { RelaisError } from '../../utils/core/errors.ts';
import { placesIn } from '../../utils/recipes/editor/answers.ts';
import { callOf, type RecipeDocument } from '../../utils/recipes/editor/from-request.ts';
import { begin, change, type History, redo, undo } from '../../utils/recipes/editor/history.ts';
import type { PastedRequest } from '../../utils/recipes/editor/pasted.ts';
import { type Preview, previewOf } from '../../utils/recipes/editor/preview.ts';
import {
  addRequest,
  at,
  finished,
  inspect,
  type Path,
  type Place,
  placesOf,
  put,
  removeRequest,
  type Sketch,
} from '../../utils/recipes/editor/sketch.ts';
import type { Fault } from '../../utils/recipes/recipe.ts';

export interface RecipeEditor {
  readonly sketch: ReadonlySignal<Sketch>;
  readonly places: ReadonlySignal<readonly Place[]>;
  /** The request that is shown. */
  readonly place: ReadonlySignal<Place | undefined>;
  /** What keeps the recipe from being stored, and what a dry run stumbled over. */
  readonly faults: ReadonlySignal<readonly Fault[]>;
  /** Absent while the recipe is not sound. */
  readonly preview: ReadonlySignal<Preview | undefined>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  show(place: Place): void;
  /** Typing on in the same place is one step back. */
  edit(path: Path, next: Sketch): void;
  add(task: Exclude<Place['task'], 'create'>): void;
  remove(place: Place): void;
  /** Takes method, address and body of a pasted request for the one that is shown. */
  takeRequest(request: PastedRequest): void;
  /** Takes the places of id, number and link from an answer; what it doesn't show stays. */
  takeAnswer(text: string): boolean;
  undo(): void;
  redo(): void;
  /** What would be stored; `undefined` while something is wrong with it. */
  document(): RecipeDocument | undefined;
}

/** `values` are only for the preview. */
export function createRecipeEditor(document: RecipeDocument, values: Readonly<Record<string, string>>): RecipeEditor {
  const history = signal<History<Sketch>>(begin({ document, texts: {} }));
  const sketch = computed(() => history.value.present);
  const places = computed(() => placesOf(sketch.value.document));
  const chosen = signal<Place>();
  const answer = signal<unknown>(undefined);
  const preview = signal<Preview>();
  const inspected = computed(() => inspect(sketch.value));
  const place = computed(() => places.value.find(({ path }) => path.join() === chosen.value?.path.join()) ?? places.value[0]);
  const faults = computed(() => [...inspected.value.faults, ...(preview.value?.fault ? [preview.value.fault] : [])]);
  let drawing = 0;

  /** Only the newest preview counts: they may overtake each other. */
  async function draw(): Promise<void> {
    drawing += 1;
    const turn = drawing;
    const { recipe } = inspected.value;
    const task = place.value?.task;
    const next = recipe === undefined || task === undefined ? undefined : await previewOf(recipe, values, task, answer.value);
    if (turn === drawing) preview.value = next;
  }

  function follow(): void {
    draw().catch((thrown: unknown) => {
      preview.value = { requests: [], warnings: [], isPartial: false, fault: { path: '', message: RelaisError.from(thrown).message } };
    });
  }

  function move(next: History<Sketch>): void {
    history.value = next;
    follow();
  }

  follow();

  return {
    sketch,
    places,
    place,
    faults,
    preview,
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    show(next) {
      chosen.value = next;
      follow();
    },
    edit: (path, next) => move(change(history.value, next, path.join('.'))),
    add(task) {
      move(change(history.value, addRequest(sketch.value, task)));
      chosen.value = places.value.find((one) => one.task === task);
      follow();
    },
    remove: (one) => move(change(history.value, removeRequest(sketch.value, one))),
    takeRequest(request) {
      const path = place.value?.path;
      if (path === undefined) return;
      const known = at(sketch.value.document, path);
      const {
        url: _,
        query: __,
        ...kept
      } = typeof known === 'object' && known !== null ? { url: '', query: '', ...known } : { url: '', query: '' };
      move(change(history.value, put(sketch.value, path, { ...kept, ...callOf(request) })));
    },
    takeAnswer(text) {
      const path = place.value?.path;
      const read = parse(text);
      if (path === undefined || typeof read !== 'object' || read === null) return false;
      answer.value = read;
      const found = Object.entries(placesIn(read)).filter(([, list]) => list.length > 0);
      const next = found.reduce((changed, [name, list]) => put(changed, [...path, 'out', name], list[0]), sketch.value);
      move(change(history.value, next));
      return found.some(([name]) => name === 'ticketId');
    },
    undo: () => move(undo(history.value)),
    redo: () => move(redo(history.value)),
    document: () => (inspected.value.faults.length === 0 ? (finished(sketch.value) as RecipeDocument) : undefined),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
