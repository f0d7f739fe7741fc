import { t } from '../../utils/i18n.ts';
import type { WebmailCheck } from '../../utils/views.ts';
import { ManagedMark } from './ManagedNotice.tsx';
import { WebmailState } from './WebmailState.tsx';

/** A webmail whose addresses are known: a person switches it on by its name. */
export interface Service {
  readonly id: string;
  readonly name: string;
  readonly origins: readonly string[];
  /** Where it hands files out: the browser is asked for these too. */
  readonly elsewhere?: readonly string[];
  /** Adapter id; absent where its pages tell. */
  readonly adapter?: string;
}

interface Props {
  readonly services: readonly Service[];
  /** Origins that are switched on. */
  readonly on: ReadonlySet<string>;
  /** Origins that an administrator set. */
  readonly set: readonly string[];
  /** An administrator says which ones there are. */
  readonly isLocked: boolean;
  readonly granted: Readonly<Record<string, boolean>>;
  readonly checks: Readonly<Record<string, WebmailCheck>>;
  readonly onSwitch: (service: Service, on: boolean) => void;
  readonly onReport: (origin: string) => Promise<string | undefined>;
}

/** One switch for each webmail of a known provider. */
export function HostedWebmails({ services, on, set, isLocked, granted, checks, onSwitch, onReport }: Props) {
  return (
    <fieldset class="choices">
      <legend>{t('webmailsHosted')}</legend>
      <p class="help">{t('webmailsHostedHelp')}</p>
      {services.map((service) => {
        const used = service.origins.filter((origin) => on.has(origin));
        const isSet = used.some((origin) => set.includes(origin));
        return (
          <div key={service.id} class="choice-row">
            <label class="tick">
              <input
                type="checkbox"
                role="switch"
                aria-checked={used.length > 0}
                checked={used.length > 0}
                disabled={isLocked || isSet}
                onChange={({ currentTarget }) => onSwitch(service, currentTarget.checked)}
              />
              <span>{service.name}</span>
            </label>
            {isSet && <ManagedMark />}
            {used.length > 0 && (
              <WebmailState
                isAllowed={used.every((origin) => granted[origin] !== false)}
                check={latest(used, checks)}
                onAllow={() => onSwitch(service, true)}
                onReport={onReport}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

function latest(origins: readonly string[], checks: Props['checks']): (WebmailCheck & { readonly origin: string }) | undefined {
  return origins
    .flatMap((origin) => {
      const check = checks[origin];
      return check ? [{ ...check, origin }] : [];
    })
    .sort((one, other) => other.at - one.at)[0];
}
