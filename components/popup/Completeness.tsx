import { completeness } from '../../utils/ui/words.ts';
import type { CaptureView } from '../../utils/views.ts';
import { Icon } from '../Icon.tsx';

/** The receipt of what Relais could get: everything, or what is missing and why. */
export function Completeness({ capture }: { readonly capture: Pick<CaptureView, 'messages' | 'gaps'> }) {
  const { complete, sentences } = completeness(capture.messages, capture.gaps);
  return (
    <div class={complete ? 'completeness' : 'completeness completeness-gaps'}>
      <Icon name={complete ? 'check' : 'stop'} />
      <p>{sentences.join(' ')}</p>
    </div>
  );
}
