import { t } from '../utils/i18n.ts';
import { Icon } from './Icon.tsx';

interface Props {
  readonly hasSystem: boolean;
  readonly hasWebmail: boolean;
  readonly onSystem: () => void;
  readonly onWebmail: () => void;
}

/** Three steps after installing; a step that is done says so. */
export function Welcome({ hasSystem, hasWebmail, onSystem, onWebmail }: Props) {
  return (
    <main class="welcome">
      <img src="/icons/relais.svg" alt="" width="56" height="56" />
      <h1>{t('welcomeTitle')}</h1>
      <p class="lead">{t('welcomeLead')}</p>
      <ol>
        <Step
          title={t('welcomeSystem')}
          help={t('welcomeSystemHelp')}
          isDone={hasSystem}
          action={t('addSystem')}
          isNext={!hasSystem}
          onAct={onSystem}
        />
        <Step
          title={t('welcomeWebmail')}
          help={t('welcomeWebmailHelp')}
          isDone={hasWebmail}
          action={t('addWebmail')}
          isNext={hasSystem && !hasWebmail}
          onAct={onWebmail}
        />
        <Step title={t('welcomeTry')} help={t('welcomeTryHelp')} isDone={false} isNext={false} />
      </ol>
      <p class="help">{t('welcomePromise')}</p>
    </main>
  );
}

interface StepProps {
  readonly title: string;
  readonly help: string;
  readonly isDone: boolean;
  readonly isNext: boolean;
  readonly action?: string;
  readonly onAct?: () => void;
}

function Step({ title, help, isDone, isNext, action, onAct }: StepProps) {
  return (
    <li class={isDone ? 'step step-done' : 'step'}>
      <h2>
        {title}
        {isDone && (
          <span class="mark">
            <Icon name="check" />
            {t('done')}
          </span>
        )}
      </h2>
      <p>{help}</p>
      {action && (
        <button type="button" class={isNext ? 'primary' : ''} onClick={onAct}>
          {action}
        </button>
      )}
    </li>
  );
}
