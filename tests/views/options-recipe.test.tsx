// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readRoute } from '../../entrypoints/options/route.ts';
import { settings as sample } from '../support/preview/samples.ts';
import { openOptions } from './options-support.tsx';
import { barriers, leave, speak } from './support.ts';

// Read once: the first import of expressions takes longer than a test waits for an element.
beforeAll(() => Promise.all([import('../../entrypoints/options/recipes.ts'), import('../../entrypoints/options/RecipePages.tsx')]));
beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const token = 'geheim-4711';
const curl = `curl https://desk.example.org/v1/cases -H 'X-Api-Key: ${token}' -d '{"subject":"x","category":"hw","contact":{"email":"e"}}' | jq .`;
const type = (element: HTMLElement, value: string) => fireEvent.input(element, { target: { value } });
const field = (name: string | RegExp) => screen.getByRole<HTMLTextAreaElement>('textbox', { name });
const preview = () => screen.getByRole('region', { name: 'What is sent' }).textContent ?? '';

async function paste(text = curl) {
  const opened = await openOptions('#/systems/recipe');
  type(await screen.findByRole('textbox', { name: 'curl command' }), text);
  fireEvent.click(screen.getByRole('button', { name: 'Read the command' }));
  return opened;
}

async function begin() {
  const opened = await paste();
  await screen.findByRole('textbox', { name: 'Document that is sent' });
  await waitFor(() => expect(preview()).toContain('POST'));
  return opened;
}

describe('a recipe of one’s own', () => {
  it('begins with a curl command: places are suggested, the exact request is shown, its token masked', async () => {
    await begin();
    expect(screen.getByText('| jq .')).toBeTruthy();
    expect(JSON.parse(field('Document that is sent').value)).toEqual({
      subject: '{{ draft.title }}',
      category: '{{ draft.queue.id }}',
      contact: { email: '{{ draft.requester.address }}' },
    });
    expect(preview()).toContain('POST https://desk.example.org/v1/cases');
    expect(preview()).toContain('"subject": "The label printer is offline"');
    expect(preview()).toContain('x-api-key: •••');
    expect(document.body.textContent).not.toContain(token);
    expect(await barriers()).toEqual([]);
  });

  it('is stored without the token, which goes on to the form of the ticket system', async () => {
    const { worker, settings } = await begin();
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(settings().recipes).toHaveLength(1));
    expect(settings().recipes[0]).toMatchObject({ id: 'my-desk-example-org', create: [{ method: 'POST', path: '/v1/cases' }] });
    expect(JSON.stringify(worker.of('settings.saved'))).not.toContain(token);
    expect(readRoute(location.hash)).toMatchObject({ rest: ['add', 'my-desk-example-org'] });
  });

  it('says at the field what is wrong, and is not stored meanwhile', async () => {
    await begin();
    const body = field('Document that is sent');
    type(body, '{ "subject": ');
    await waitFor(() => expect(body.getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    type(body, '{ "subject": "{{ draft. }}" }');
    await waitFor(() => expect(describedBy(body)).toContain('subject'));
    type(body, '{ "subject": "{{ $number(draft.title) }}", "b": 1 }');
    await waitFor(() => expect(describedBy(body)).toContain('$number(draft.title)'));
    type(body, '{ "subject": "{{ draft.title }}" }');
    await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(false));
  });

  it('goes a step back and forth, by button and by key', async () => {
    await begin();
    const body = field('Document that is sent');
    const before = body.value;
    type(body, '{ "subject": "a" }');
    type(body, '{ "subject": "ab" }');
    await waitFor(() => expect(preview()).toContain('"subject": "ab"'));
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(body.value).toBe(before);
    await waitFor(() => expect(preview()).toContain('label printer'));
    fireEvent.keyDown(body, { key: 'z', ctrlKey: true, shiftKey: true });
    expect(body.value).toBe('{ "subject": "ab" }');
    fireEvent.keyDown(body, { key: 'z', ctrlKey: true });
    expect(body.value).toBe(before);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Undo' }).disabled).toBe(true);
  });

  it('puts something of the mail where the caret is, in quotes where none are', async () => {
    await begin();
    const body = field('Document that is sent');
    type(body, '{ "a": "", "b":  }');
    fireEvent.change(screen.getByRole('combobox', { name: 'Of the mail' }), { target: { value: 'reference' } });
    body.setSelectionRange(8, 8);
    fireEvent.click(screen.getByRole('button', { name: 'Insert' }));
    expect(body.value).toBe('{ "a": "{{ reference }}", "b":  }');
    const end = body.value.length - 2;
    body.setSelectionRange(end, end);
    fireEvent.click(screen.getByRole('button', { name: 'Insert' }));
    expect(JSON.parse(body.value)).toEqual({ a: '{{ reference }}', b: '{{ reference }}' });
  });

  it('takes the places of id and link from an answer', async () => {
    await begin();
    type(field('An answer of the system'), '{"case":{"key":"C-1","id":9,"web_url":"https://desk.example.org/9"}}');
    fireEvent.click(screen.getByRole('button', { name: 'Take the places from it' }));
    expect(field('Where the id stands').value).toBe('case.id');
    expect(field('Where the number stands').value).toBe('case.key');
    expect(field('Where the link stands').value).toBe('case.web_url');
  });

  it('gets a request to look up, shows it, and loses it again', async () => {
    await begin();
    fireEvent.click(screen.getByRole('button', { name: 'Add: Find by reference' }));
    await waitFor(() => expect(preview()).toContain('GET https://desk.example.org/v1/cases?reference=relais-'));
    expect(field('Where the reference stands in each').value).toBe('reference');
    fireEvent.click(screen.getByRole('button', { name: 'Remove this request' }));
    await waitFor(() => expect(preview()).toContain('POST https://desk.example.org/v1/cases'));
  });

  it('says that a text without an address is no command', async () => {
    await paste('Hello');
    expect((await screen.findByRole('alert')).textContent).toContain('no address');
  });

  it('begins with an OpenAPI operation', async () => {
    await openOptions('#/systems/recipe');
    const post = { summary: 'New case', requestBody: { content: { 'application/json': { example: { title: 'x' } } } } };
    const document = { openapi: '3.1.0', servers: [{ url: 'https://api.example.org' }], paths: { '/cases': { post } } };
    type(await screen.findByRole('textbox', { name: 'OpenAPI document (JSON or YAML)' }), JSON.stringify(document));
    expect(screen.getByRole('combobox', { name: 'Operation that makes a ticket' }).textContent).toContain('POST /cases New case');
    fireEvent.click(screen.getByRole('button', { name: 'Use this operation' }));
    await screen.findByRole('textbox', { name: 'Document that is sent' });
    await waitFor(() => expect(preview()).toContain('POST https://api.example.org/cases'));
  });

  it('begins with a shipped one', async () => {
    await openOptions('#/systems/recipe');
    fireEvent.change(await screen.findByRole('combobox', { name: 'Begin with' }), { target: { value: 'zammad' } });
    fireEvent.click(screen.getByRole('button', { name: 'Start from it' }));
    await screen.findByRole('textbox', { name: 'Document that is sent' });
    await waitFor(() => expect(preview()).toContain('/api/v1/tickets'));
    expect(field('Recipe as JSON').value).toContain('"my-zammad"');
  });

  it('is taken from a file, and a hostile one is refused with the place that is wrong', async () => {
    await openOptions('#/systems/recipe');
    const input = await screen.findByLabelText<HTMLInputElement>('Recipe file');
    const give = (document: unknown) => fireEvent.change(input, { target: { files: [new File([JSON.stringify(document)], 'r.json')] } });
    const sound = (await import('../../utils/recipes/editor/from-request.ts')).recipeOf(
      (await import('../../utils/recipes/editor/curl.ts')).readCurl(curl).request as never,
      [],
    ).document;
    give({ ...sound, docs: 'javascript:alert(1)' });
    expect(within(await screen.findByRole('alert')).getByText('docs')).toBeTruthy();
    give({ ...sound, base: '{{ $eval( }}' });
    await waitFor(() => expect(within(screen.getByRole('alert')).getByText('base')).toBeTruthy());
    give(sound);
    await screen.findByRole('textbox', { name: 'Document that is sent' });
  });
});

it('keeps what was typed for a ticket system while settings are read again', async () => {
  const recipe = { id: 'my-desk', name: 'Our desk' };
  const { model } = await openOptions('#/systems/add/rt', { start: { ...sample, recipes: [recipe] } });
  type(await screen.findByRole('textbox', { name: /^Address/ }), 'https://rt.example.net/desk/');
  await act(async () => {
    await model.save({ recipes: [{ ...recipe }] });
  });
  await waitFor(() => expect(field(/^Address/).value).toBe('https://rt.example.net/desk/'));
});

describe('the list of one’s own recipes', () => {
  const recipe = { id: 'my-desk', name: 'Our desk' };

  it('offers each for a new ticket system, as a file, and to be removed while nothing uses it', async () => {
    const { settings, acts } = await openOptions('#/systems', { start: { ...sample, recipes: [recipe] } });
    fireEvent.click(await screen.findByRole('button', { name: 'Share Our desk as a file' }));
    expect(acts.download).toHaveBeenCalledWith('my-desk.json', expect.stringContaining('"Our desk"'));
    const own = within(screen.getByRole('region', { name: 'Your own recipes' }));
    fireEvent.click(own.getByRole('button', { name: 'Remove' }));
    fireEvent.click(within(own.getByRole('group', { name: 'Remove this recipe?' })).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(settings().recipes).toEqual([]));
    cleanup();
    await openOptions('#/systems/add', { start: { ...sample, recipes: [recipe] } });
    expect(await screen.findByRole('button', { name: /^Our desk/ })).toBeTruthy();
  });

  it('keeps one that a ticket system uses, and one that the administrator set', async () => {
    const [first] = sample.endpoints;
    if (first === undefined) throw new Error('No sample');
    const set = { id: 'my-set', name: 'Set' };
    const start = { ...sample, recipes: [recipe, set], endpoints: [{ ...first, recipe: 'my-desk' }] };
    await openOptions('#/systems', { start, managed: { recipes: ['my-set'] } });
    const own = within(await screen.findByRole('region', { name: 'Your own recipes' }));
    expect(own.queryByRole('button', { name: 'Remove' })).toBeNull();
    expect(own.queryByRole('button', { name: 'Edit the recipe Set' })).toBeNull();
    expect(own.getByRole('button', { name: 'Edit the recipe Our desk' })).toBeTruthy();
  });
});

function describedBy(element: HTMLElement): string {
  return document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent ?? '';
}
