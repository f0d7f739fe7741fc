/** A style attribute reduced to what can only change how its own words look. */

/** Nothing that moves, covers, fetches or grows without end. */
const properties = new Set(
  (
    'background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width border-collapse border-color border-left border-left-color ' +
    'border-left-style border-left-width border-radius border-right border-right-color border-right-style border-right-width border-spacing border-style border-top ' +
    'border-top-color border-top-style border-top-width border-width color direction display font-family font-size font-style font-variant font-weight height ' +
    'letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right margin-top max-width min-width padding padding-bottom padding-left ' +
    'padding-right padding-top text-align text-decoration text-decoration-line text-indent text-transform unicode-bidi vertical-align white-space width word-break'
  ).split(' '),
);

/** Numbers, names, colours and quoted font names: no backslash, no comment, no `@`, no address. */
const harmless = /^[\w\s#%.,'"()-]*$/;
/** The only functions: colours. */
const functions = /[\w-]+(?=\()/g;
const colourFunctions = new Set(['rgb', 'rgba', 'hsl', 'hsla']);

const displays = new Set(['block', 'inline', 'inline-block', 'none', 'table', 'table-cell', 'table-row', 'list-item']);

/** What of the style may stay, `''` for nothing. */
export function safeStyle(style: string): string {
  const kept: string[] = [];
  // A declaration that a semicolon in quotes cuts in two loses its value to the check below: no harm.
  for (const declaration of style.slice(0, 20_000).split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 1) continue;
    const name = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration
      .slice(colon + 1)
      .replace(/!\s*important\s*$/i, '')
      .trim();
    if (properties.has(name) && isHarmless(name, value)) kept.push(`${name}: ${value}`);
  }
  return kept.join('; ');
}

function isHarmless(name: string, value: string): boolean {
  if (value === '' || value.length > 300 || !harmless.test(value) || count(value, '"') % 2 === 1 || count(value, "'") % 2 === 1)
    return false;
  if ((value.match(functions) ?? []).some((used) => !colourFunctions.has(used.toLowerCase()))) return false;
  if (name === 'display') return displays.has(value.toLowerCase());
  if (name === 'font-family') return true;
  // Negative lengths pull a box over its neighbours; lengths of the window make it cover them.
  return !/(?:^|[\s,(])-\.?\d/.test(value) && !/\d(?:vw|vh|vmin|vmax|vi|vb|[sld]v[wh])\b/i.test(value) && !/\d{5,}/.test(value);
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}
