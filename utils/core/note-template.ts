/** Note templates: what stands in double braces is filled in when the template is put into a note. Pure. */

/** What a template may say, and no more. */
export const placeholders = ['requester', 'title', 'ticket', 'queue', 'me', 'date'] as const;

/** By placeholder; what is absent or empty is left for the person to fill in. */
export type TemplateValues = Readonly<Partial<Record<(typeof placeholders)[number], string | undefined>>>;

const placeholder = /\{\{ {0,9}([a-z]{1,20}) {0,9}\}\}/g;

/** `{{requester}}` becomes the requester's name, and so on. A name that means nothing, or nothing yet, stays as it stands. */
export function fillTemplate(text: string, values: TemplateValues): string {
  return text.replace(placeholder, (found, name: string) => {
    return (Object.hasOwn(values, name) && values[name as keyof TemplateValues]) || found;
  });
}

/** Nobody was there to fill them in: the placeholders that are left, and the line of one that stood alone, go. */
export function withoutPlaceholders(text: string): string {
  const isKnown = (name: string) => (placeholders as readonly string[]).includes(name);
  return text
    .split('\n')
    .flatMap((line) => {
      const rest = line.replace(placeholder, (found, name: string) => (isKnown(name) ? '' : found));
      if (rest === line) return [line];
      return rest.trim() === '' ? [] : [rest.replace(/ {2,}/g, ' ')];
    })
    .join('\n');
}
