import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../utils/recipes/expression.ts';
import { fill, fillJson, fillText, split } from '../../../utils/recipes/template.ts';

const scope = (more: Record<string, unknown> = {}) => ({ settings: {}, ...more });

describe('a template', () => {
  it('keeps the type of a lone expression and joins the rest as text', async () => {
    const seen = scope({ a: 3, on: true, list: [1, 2] });
    expect(await fillJson({ n: '{{ a }}', t: 'n={{ a }}, on={{ on }}', l: '{{ list }}', b: '{{ on }}' }, seen)).toEqual({
      n: 3,
      t: 'n=3, on=true',
      l: [1, 2],
      b: true,
    });
  });

  it('leaves out fields and entries that give nothing', async () => {
    expect(await fillJson({ a: '{{ nothing }}', b: ['{{ nothing }}', 'x'], c: { d: '{{ nothing }}' } }, scope())).toEqual({
      b: ['x'],
      c: {},
    });
  });

  it('ends an expression at the first braces before which it is complete', () => {
    expect(split('a {{ {"b": {"c": 1}} }} d {{ "}}" }}')).toEqual([
      { text: 'a ' },
      { expression: '{"b": {"c": 1}}' },
      { text: ' d ' },
      { expression: '"}}"' },
    ]);
  });

  it('refuses what is no expression', () => {
    expect(() => split('a {{ b')).toThrow(/Not an expression/);
    expect(() => split('{{ b ( }}')).toThrow(/Not an expression/);
  });

  it('knows every name also as a variable', async () => {
    const seen = scope({ settings: { x: 'set' }, draft: { articles: [{ text: 'a' }, { text: 'b' }] } });
    expect(await fill('{{ [draft.articles.(text & $settings.x)] }}', seen)).toEqual(['aset', 'bset']);
  });

  it('stays a list with one entry and with none', async () => {
    const expression = '{{ [files.{ "n": name }] }}';
    expect(await fill(expression, scope({ files: [{ name: 'a' }] }))).toEqual([{ n: 'a' }]);
    expect(await fill(expression, scope({ files: [] }))).toEqual([]);
  });

  it('lets no value change the shape of a document', async () => {
    const subjects = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('","queue":"root', '{{ settings.secret }}', '}} {{ secrets }}', '\\', '\u0000', '\ud83c', '$eval("1")', '__proto__'),
    );
    await fc.assert(
      fc.asyncProperty(subjects, async (title) => {
        const filled = await fillJson(
          { ticket: { title: '{{ draft.title }}', cut: 'T: {{ draft.title }}', fixed: 'same' } },
          scope({ draft: { title }, secrets: { token: 'hidden' } }),
        );
        const read: unknown = JSON.parse(JSON.stringify(filled));
        const clean = title.replaceAll('\u0000', '').toWellFormed();
        expect(read).toEqual({ ticket: { title: clean, cut: `T: ${clean}`, fixed: 'same' } });
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  it('keeps a value in its place of an address', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (id) => {
        const path = await fillText('/ticket/{{ ticket.id }}/notes', scope({ ticket: { id } }), (value) =>
          encodeURIComponent(value.toWellFormed()),
        );
        expect(path?.split('/')).toHaveLength(4);
        expect(path).not.toMatch(/[?#]/);
      }),
    );
  });

  it('makes a field of a name that means something to JavaScript', async () => {
    const filled = await fillJson(JSON.parse('{"__proto__": "{{ a }}", "constructor": "x"}'), scope({ a: 'b' }));
    expect(Object.keys(filled as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).b).toBeUndefined();
  });
});

describe('an expression', () => {
  const run = (source: string, input: unknown = {}) => evaluate(source, input, {});

  it.each([
    '$sum.constructor',
    'constructor',
    '__proto__',
    '"".constructor',
    '$lookup($, "constructor")',
    '$sum',
    '$string.call',
    'toString',
    '$keys($sum)',
  ])('reaches nothing of JavaScript by %s', async (source) => {
    expect(await run(source)).toBeUndefined();
  });

  it.each([
    ['an endless recursion', '($f := function($x) { 1 + $f($x) }; $f(1))'],
    ['a list of ten million', '$count([1..10000000])'],
    ['a text that doubles', '$length($reduce([1..40], function($a, $b) { $a & $a }, "xxxxxxxxxxxx"))'],
    ['a regular expression that backtracks', '$contains("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)'],
    ['one with alternatives repeated', '$contains("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a|aa)*$/)'],
    ['a nested group repeated', '$contains("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^((a+))*$/)'],
    ['text run as an expression', '$eval("1 + 1")'],
    ['chance', '$random()'],
  ])('ends with an error: %s', async (_, source) => {
    const start = performance.now();
    await expect(run(source)).rejects.toMatchObject({ code: 'bad-recipe' });
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('ends a loop that never deepens within its time', async () => {
    const start = performance.now();
    await expect(run('($f := function($x) { $f($x) }; $f(1))')).rejects.toMatchObject({ code: 'bad-recipe', details: { reason: 'D1012' } });
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('ends quadratic regular expressions by the length of the text', async () => {
    await expect(run('$contains(t, /a*b/)', { t: 'a'.repeat(50_000) })).rejects.toMatchObject({ code: 'bad-recipe' });
    expect(await run('$contains(t, /\\d+/)', { t: 'order 12' })).toBe(true);
  });

  it('pads no further than a line', async () => {
    expect(String(await run('$pad("x", 1000000000)')).length).toBe(1_000);
    expect(await run('$pad("x", -3, "0")')).toBe('00x');
  });

  it('says which expression failed and nothing of the values', async () => {
    const error = await evaluate('$number(secret)', { secret: 'hunter2 hunter2' }, {}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'bad-recipe' });
    expect(JSON.stringify(error) + String(error)).not.toContain('hunter2');
    expect(String(error)).toContain('$number(secret)');
  });

  it('gives plain lists', async () => {
    const list = (await run('a.b', { a: [{ b: 1 }, { b: 2 }] })) as object;
    expect(Object.keys(list)).toEqual(['0', '1']);
    expect(structuredClone(list)).toEqual([1, 2]);
  });

  it('fills a thread of two thousand messages in time', async () => {
    const articles = Array.from({ length: 2_000 }, (_, n) => ({ subject: `s${n}`, files: [{ filename: 'a' }] }));
    const start = performance.now();
    expect(await run('[articles.{ "s": subject, "f": [files.{ "n": filename }] }]', { articles })).toHaveLength(2_000);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
