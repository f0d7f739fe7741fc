import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCurl } from '../../../../utils/recipes/editor/curl.ts';
import { recipeOf } from '../../../../utils/recipes/editor/from-request.ts';
import { splitCommand } from '../../../../utils/recipes/editor/shell.ts';

const read = (text: string) => {
  const { request, unread } = readCurl(text);
  return { ...request, url: request?.url.href, unread };
};

describe('a curl command', () => {
  it('gives method, address, headers and JSON body', () => {
    expect(
      read(`curl --request PUT "https://desk.example.org/api/tickets?notify=0" \\
        -H 'X-Source: relais' -H 'Content-Type: application/json; charset=utf-8' \\
        --data-raw '{ "title": "It'"'"'s broken" }'`),
    ).toMatchObject({
      method: 'PUT',
      url: 'https://desk.example.org/api/tickets?notify=0',
      headers: { 'X-Source': 'relais' },
      body: { encode: 'json', value: { title: "It's broken" } },
      unread: [],
    });
  });

  it.each([
    ['sh in double quotes', 'curl "https://a.example/t" -d "{\\"a\\": \\"b $ c\\"}"', { a: 'b $ c' }],
    ['sh in ANSI-C quotes', String.raw`curl https://a.example/t -d $'{"a":"it\'s \u00e9\n"}'`.replace('\\n', '\\\\n'), { a: "it's é\n" }],
    ['cmd with carets', 'curl ^"https://a.example/t^" ^\r\n  --data-raw ^"^{^\\^"a^\\^": ^\\^"50^%^ b^\\^"^}^"', { a: '50% b' }],
    ['cmd with quotes', 'curl.exe "https://a.example/t" ^\n -d "{\\"a\\":\\"b\\"}"', { a: 'b' }],
    ['PowerShell lines', 'curl https://a.example/t `\n -d \'{"a":"b"}\'', { a: 'b' }],
    ['--json', 'curl --json \'{"a":\' --json \'"b"}\' https://a.example/t', { a: 'b' }],
    ['options in a bunch', 'curl -sSLXPOST https://a.example/t -d\'{"a":"b"}\'', { a: 'b' }],
  ])('is read as it was quoted: %s', (_, text, value) => {
    const { request, unread } = readCurl(text);
    expect(request?.body).toEqual({ encode: 'json', value });
    expect(request?.method).toBe('POST');
    expect(unread).toEqual([]);
  });

  it('takes the short name of a harmless option for what it is', () => {
    expect(readCurl('curl -e https://mail.example.org https://tickets.example.org/api -d a=b').unread).toEqual([]);
  });

  it('gives forms, parts, and parameters', () => {
    expect(read('curl https://a.example/t -d a=1 --data-urlencode "b=x y&z"').body).toEqual({
      encode: 'form',
      fields: [
        ['a', '1'],
        ['b', 'x y&z'],
      ],
    });
    expect(read('curl https://a.example/t -F subject=Hello -F "file=@a.pdf;type=application/pdf"').body).toEqual({
      encode: 'multipart',
      parts: [
        { name: 'subject', value: 'Hello', isFile: false },
        { name: 'file', value: '', isFile: true },
      ],
    });
    expect(read('curl -G https://a.example/t -d q=x')).toMatchObject({ method: 'GET', url: 'https://a.example/t?q=x' });
  });

  it.each([
    ['a pipe', 'curl https://a.example/ | jq .id', ['| jq .id']],
    ['a file for a body', 'curl https://a.example/ -d @body.json', ['--data @body.json']],
    ['cookies', 'curl https://a.example/ -b session=1', ['--cookie']],
    ['an option that it doesn’t know', 'curl https://a.example/ --wonder -k', ['--wonder', '-k']],
    ['a broken body', "curl https://a.example/ --json '{'", ['{']],
    ['a method that nobody sends', 'curl -X BREW https://a.example/', ['-X BREW']],
  ])('says what could not be read: %s', (_, text, unread) => {
    expect(read(text).unread).toEqual(unread);
  });

  it.each(['', 'curl', 'Hello there', 'curl -H', 'curl file:///etc/passwd', 'curl javascript:alert(1)'])(
    'is none without an address: %s',
    (text) => {
      expect(readCurl(text).request).toBeUndefined();
    },
  );
});

describe('credentials in it', () => {
  const secret = 'tok-4711-geheim';
  it.each([
    [
      'a bearer token',
      `-H 'Authorization: Bearer ${secret}'`,
      { kind: 'header', headers: { Authorization: 'Bearer {{ secrets.token }}' } },
    ],
    [
      'a scheme of its own',
      `-H 'Authorization: Token token=${secret}'`,
      { kind: 'header', headers: { Authorization: 'Token token={{ secrets.token }}' } },
    ],
    ['a header', `-H 'X-Api-Key: ${secret}'`, { kind: 'header', headers: { 'X-Api-Key': '{{ secrets.xApiKey }}' } }],
    ['name and password', `-u 'ana:${secret}'`, { kind: 'basic', user: '{{ settings.user }}', password: '{{ secrets.password }}' }],
    ['a token as the name', `-u '${secret}:x'`, { kind: 'basic', user: '{{ secrets.token }}', password: 'x' }],
    [
      'Basic, encoded',
      `-H 'Authorization: Basic ${btoa(`ana:${secret}`)}'`,
      { kind: 'basic', user: '{{ settings.user }}', password: '{{ secrets.password }}' },
    ],
    ['--oauth2-bearer', `--oauth2-bearer ${secret}`, { kind: 'header', headers: { Authorization: 'Bearer {{ secrets.token }}' } }],
  ])('become fields and leave the document: %s', (_, option, auth) => {
    const { request } = readCurl(`curl https://desk.example.org/t ${option} -d '{"title":"x"}'`);
    expect(request?.credentials.auth).toEqual([auth]);
    expect(Object.values(request?.credentials.secrets ?? {})).toEqual([secret]);
    if (request === undefined) throw new Error('Nothing was read');
    const { document, secrets } = recipeOf(request, []);
    expect(JSON.stringify(document)).not.toContain(secret);
    expect(Object.values(secrets)).toEqual([secret]);
  });

  it('are found in the address and in the body too', () => {
    const { request } = readCurl(
      `curl 'https://ana:${secret}@desk.example.org/t?api_key=${secret}2&project=7' -d '{"title":"x","password":"${secret}3"}'`,
    );
    if (request === undefined) throw new Error('Nothing was read');
    expect(request.url.href).toBe('https://desk.example.org/t?project=7');
    const { document, secrets, values } = recipeOf(request, []);
    expect(JSON.stringify(document)).not.toContain(secret);
    expect(secrets).toEqual({ password: secret, apiKey: `${secret}2`, password2: `${secret}3` });
    expect(values).toEqual({ url: 'https://desk.example.org', user: 'ana' });
    expect(document).toMatchObject({
      create: [{ query: { project: '7', api_key: '{{ secrets.apiKey }}' }, send: { password: '{{ secrets.password2 }}' } }],
    });
  });

  it.each(['$TOKEN', '<your token>', 'YOUR_API_KEY', '{token}', '***'])(
    'are asked for where the manual has a place to fill in: %s',
    (placeholder) => {
      const { request } = readCurl(`curl https://desk.example.org/t -H "Authorization: Bearer ${placeholder}" -d a=b`);
      expect(request?.credentials).toMatchObject({ secrets: {}, fields: [{ key: 'token', kind: 'secret' }] });
    },
  );
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    'curl',
    ' ',
    '-H',
    '-d',
    "'",
    '"',
    '\\',
    '^',
    '\n',
    '$',
    '{{',
    '}}',
    'https://a.example',
    '@',
    '=',
    ':',
    '-u',
    '|',
    '&',
    '\\u',
    'é',
    '%',
  );
  it('is read without an error, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.array(pieces, { maxLength: 60 }).map((list) => list.join('')),
        ),
        (text) => {
          const { request, unread } = readCurl(text);
          expect(Array.isArray(unread)).toBe(true);
          if (request !== undefined) expect(recipeOf(request, []).document.version).toBe(1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('comes back from quotes as it was', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ maxLength: 30 }).filter((word) => !word.includes('^"') && !/[\^`][ \t]*\r?\n/.test(word)),
          { minLength: 1, maxLength: 6 },
        ),
        (words) => {
          const line = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
          expect(splitCommand(line).words).toEqual(words);
        },
      ),
    );
  });

  it('of a megabyte is no burden', () => {
    for (const text of [
      '^'.repeat(1e6),
      '\\'.repeat(1e6),
      `curl ${'-H a '.repeat(2e5)}`,
      '"'.repeat(1e6),
      `curl ${' '.repeat(1e6)}`,
      '` '.repeat(5e5),
    ])
      expect(readCurl(text).request).toBeUndefined();
  });
});
