import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { scaffold } from '../../../scripts/new.ts';
import { parseRecipe } from '../../../utils/recipes/recipe.ts';

const project = join(import.meta.dirname, '../../..');
const root = mkdtempSync(join(tmpdir(), 'relais-new-'));
afterAll(() => rmSync(root, { recursive: true }));
for (const path of ['utils/webmail', 'utils/recipes/systems', 'tests/fixtures/webmail/zoho', 'tests/fixtures/recipes/osticket.json'])
  cpSync(join(project, path), join(root, path), { recursive: true });
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('npm run new', () => {
  it('begins a webmail: its file and a saved page, under its own name and address', () => {
    expect(scaffold('webmail', 'newmail', root)).toEqual(['utils/webmail/newmail.ts', 'tests/fixtures/webmail/newmail']);
    const text = read('utils/webmail/newmail.ts');
    expect(text).toContain("id: 'newmail'");
    expect(text).toContain("origins: ['https://mail.newmail.example'],");
    expect(text).not.toMatch(/zoho/i);
    const folder = 'tests/fixtures/webmail/newmail/message';
    expect(read(`${folder}/case.json`)).toContain('https://mail.newmail.example/');
    for (const name of ['page.html', 'expected.json']) expect(read(`${folder}/${name}`)).not.toBe('');
  });

  it('begins a ticket system: a recipe that is one, and its exchanges', () => {
    scaffold('recipe', 'newdesk', root);
    const recipe = parseRecipe(JSON.parse(read('utils/recipes/systems/newdesk.json')));
    expect(recipe).toMatchObject({ id: 'newdesk', name: 'Newdesk' });
    expect(JSON.parse(read('tests/fixtures/recipes/newdesk.json'))).toHaveProperty('create');
  });

  it('writes over nothing, and nowhere else', () => {
    expect(() => scaffold('webmail', 'zoho', root)).toThrow('there already');
    expect(() => scaffold('recipe', '../evil', root)).toThrow('An id is a word');
  });
});
