/** Small line drawings, decorative: the words beside them say the same. 16 units square. */
const shapes = {
  check: 'M3 8.5 6.5 12 13 4.5',
  chevron: 'M4 6l4 4 4-4',
  clip: 'M12.5 7.5 7.6 12.4a2.6 2.6 0 0 1-3.7-3.7l5.4-5.4a1.8 1.8 0 0 1 2.5 2.5L6.6 11',
  clock: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM8 5v3.2l2 1.3',
  cross: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  external: 'M9.5 2.5h4v4M13.5 2.5 7.5 8.5M11.5 9v4.5h-9v-9H7',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z',
  gear: 'M2.5 4.5h5M11.5 4.5h2M9.5 2.7v3.6M2.5 11.5h2M8.5 11.5h5M6.5 9.7v3.6',
  grip: 'M6 4v.1M10 4v.1M6 8v.1M10 8v.1M6 12v.1M10 12v.1',
  mail: 'M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5',
  panel: 'M2 3h12v10H2zM9.5 3v10',
  plus: 'M8 3v10M3 8h10',
  question: 'M5.8 6.2a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12.4v.2',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.8h-2.8',
  stop: 'M8 2.2 14.3 13H1.7zM8 6.5v3M8 11.4v.1',
  ticket: 'M2 4.5h12v2.3a1.3 1.3 0 0 0 0 2.4v2.3H2V9.2a1.3 1.3 0 0 0 0-2.4zM9.5 4.5v7',
  up: 'M4 10l4-4 4 4',
  away: 'M2.5 8h10M9 4.5 12.5 8 9 11.5',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
