import { t } from '../../utils/i18n.ts';

const examples = [
  ['exampleCalledName', 'exampleCalledText'],
  ['exampleFaultName', 'exampleFaultText'],
  ['exampleHandoverName', 'exampleHandoverText'],
  ['exampleReceivedName', 'exampleReceivedText'],
  ['exampleQuestionName', 'exampleQuestionText'],
  ['exampleSolvedName', 'exampleSolvedText'],
] as const;

interface Props {
  /** Names of the templates that are there. */
  readonly taken: readonly string[];
  readonly onTake: (template: { readonly name: string; readonly text: string }) => void;
}

/** Templates to begin with, in the person's language; those that were taken are not offered again. */
export function TemplateExamples({ taken, onTake }: Props) {
  const open = examples.map(([name, text]) => ({ name: t(name), text: t(text) })).filter(({ name }) => !taken.includes(name));
  if (open.length === 0) return null;
  return (
    <section class="examples" aria-labelledby="examples-title">
      <h2 id="examples-title">{t('examplesTitle')}</h2>
      <p class="help">{t('examplesHelp')}</p>
      <ul class="chips">
        {open.map((example) => (
          <li key={example.name}>
            <button type="button" title={example.text} aria-label={t('exampleTake', example.name)} onClick={() => onTake(example)}>
              {example.name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
