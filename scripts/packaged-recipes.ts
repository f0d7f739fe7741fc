/** The recipes as files of the package: one each, and a catalogue of what there is to choose from. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface PackagedFile {
  readonly relativeDest: string;
  readonly contents: string;
}

const systems = join(import.meta.dirname, '..', 'utils', 'recipes', 'systems');

/** Read anew each time, so that a running development build sees what was changed. */
export function packagedRecipes(): readonly PackagedFile[] {
  const recipes = readdirSync(systems)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(systems, name), 'utf8')) as Record<string, unknown>);
  const cards = recipes.map(({ id, name, hint, kind }) => ({ id, name, hint, kind }));
  const file = (name: string, content: unknown): PackagedFile => ({
    relativeDest: `recipes/${name}.json`,
    contents: JSON.stringify(content),
  });
  return [file('catalogue', cards), ...recipes.map(({ $schema: _, ...recipe }) => file(String(recipe.id), recipe))];
}
