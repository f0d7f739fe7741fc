import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly label: string;
  /** Said beside the label: a number in a badge, and what it means. */
  readonly badge?: { readonly text: string; readonly meaning: string; readonly urgent: boolean };
}

interface Props<Name extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Name>[];
  readonly selected: Name;
  readonly onSelect: (name: Name) => void;
  readonly children?: ComponentChildren;
}

/**
 * Tabs by the ARIA pattern: one stop for Tab, arrow keys move and select, Home and End jump. The badge is drawn by the
 * style sheet and described beside the name, so that a tab is called the same whatever waits.
 */
export function Tabs<Name extends string>({ label, tabs, selected, onSelect, children }: Props<Name>) {
  const list = useRef<HTMLDivElement>(null);
  function move(event: KeyboardEvent): void {
    const at = tabs.findIndex(({ name }) => name === selected);
    const forward = getComputedStyle(event.currentTarget as HTMLElement).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: -1, [forward]: 1, Home: -at, End: tabs.length - 1 - at };
    const step = steps[event.key];
    const next = step === undefined ? undefined : tabs[(at + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next.name);
    list.current?.querySelector<HTMLElement>(`#tab-${next.name}`)?.focus();
  }
  return (
    <header class="tabs">
      <div ref={list} class="tab-list" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(({ name, label: tabLabel, badge }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={name === selected}
            aria-controls={name === selected ? `panel-${name}` : undefined}
            aria-label={tabLabel}
            aria-describedby={badge ? `badge-${name}` : undefined}
            data-badge={badge?.text}
            data-urgent={badge?.urgent || undefined}
            tabIndex={name === selected ? 0 : -1}
            onClick={() => onSelect(name)}
          >
            {tabLabel}
            {badge && (
              <span id={`badge-${name}`} hidden>
                {badge.meaning}
              </span>
            )}
          </button>
        ))}
      </div>
      {children}
    </header>
  );
}

/** What a tab shows. */
export function TabPanel({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="panel" role="tabpanel" id={`panel-${name}`} aria-labelledby={`tab-${name}`}>
      {children}
    </div>
  );
}
