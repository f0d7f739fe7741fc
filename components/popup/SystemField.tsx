import { t } from '../../utils/i18n.ts';
import type { EndpointSummary } from '../../utils/views.ts';
import { Field } from '../Field.tsx';

interface Props {
  readonly endpoints: readonly EndpointSummary[];
  readonly endpoint: EndpointSummary | undefined;
  readonly onChange: (endpointId: string) => void;
}

/** Which ticket system it goes to; nothing where there is no choice. */
export function SystemField({ endpoints, endpoint, onChange }: Props) {
  if (endpoints.length <= 1) return null;
  return (
    <Field label={t('fieldSystem')}>
      {(ids) => (
        <select {...ids} value={endpoint?.id ?? ''} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          {endpoints.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
