import { describe, expect, it } from 'vitest';
import { fillTemplate, placeholders, withoutPlaceholders } from '../../../utils/core/note-template.ts';

describe('a note template', () => {
  it('has what is known filled in, and the rest left to be seen', () => {
    const values = { requester: 'Ana', ticket: '4711', title: '' };
    expect(fillTemplate('{{requester}} / {{ ticket }} / {{title}} / {{me}} / {{nobody}}', values)).toBe(
      'Ana / 4711 / {{title}} / {{me}} / {{nobody}}',
    );
  });

  it('knows every placeholder that it offers', () => {
    const values = Object.fromEntries(placeholders.map((name) => [name, name.toUpperCase()]));
    expect(fillTemplate(placeholders.map((name) => `{{${name}}}`).join(' '), values)).toBe(placeholders.join(' ').toUpperCase());
  });

  it('loses what nobody filled in, with its line where it stood alone, and nothing else', () => {
    expect(withoutPlaceholders('Called about {{ticket}} today.\n{{queue}}\n\n  kept {{mine}}')).toBe(
      'Called about today.\n\n  kept {{mine}}',
    );
  });

  it('takes a value as it is: no pattern, no placeholder, nothing of objects', () => {
    expect(fillTemplate('{{title}}', { title: '$& {{me}} $1', me: 'x' })).toBe('$& {{me}} $1');
    expect(fillTemplate('{{constructor}} {{__proto__}} {{tostring}}', {})).toBe('{{constructor}} {{__proto__}} {{tostring}}');
  });
});
