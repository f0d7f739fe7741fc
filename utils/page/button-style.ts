/**
 * The button wears the font and colour of the toolbar it stands in; `--relais-…` properties come from the slot's `fit`.
 * The toast is ours alone and brings its own colours.
 */
export const buttonStyle = `
:host { display: inline-flex; position: var(--relais-position, static); inset: var(--relais-inset, auto); z-index: var(--relais-layer, auto); vertical-align: top; float: var(--relais-float, none); color: var(--relais-color, inherit);
  font: inherit; font-size: var(--relais-font, inherit); line-height: 1.2; letter-spacing: normal; white-space: nowrap; }
:host([hidden]) { display: none; }
button { box-sizing: border-box; margin: 0; border: 0; background: none; color: inherit; font: inherit; line-height: inherit; cursor: pointer; border-radius: 4px; }
.bar { display: inline-flex; align-items: stretch; box-sizing: border-box; height: var(--relais-height, auto); background: var(--relais-background, none);
  border: var(--relais-border, 1px solid color-mix(in srgb, currentColor 30%, transparent)); border-radius: 5px; }
.send { display: inline-flex; flex-direction: var(--relais-direction, row); align-items: center; justify-content: var(--relais-justify, center);
  gap: var(--relais-gap, .4em); padding: var(--relais-padding, .35em .6em); }
.more { display: inline-flex; align-items: center; padding: 0 2px; opacity: .8; }
.label { min-width: 7em; text-align: center; unicode-bidi: plaintext; }
svg.ticket:dir(rtl) { scale: -1 1; }
svg { flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
svg.ticket { width: var(--relais-icon, 1.4em); height: var(--relais-icon, 1.4em); }
svg.down, svg.stop { width: 14px; height: 14px; stroke-width: 3; }
button:hover:not(:disabled, [aria-disabled=true]) { background: color-mix(in srgb, currentColor 12%, transparent); opacity: 1; }
button:focus-visible { outline: 2px solid; outline-offset: -2px; opacity: 1; }
button:disabled { cursor: default; opacity: .45; }
button[aria-disabled=true] { cursor: progress; }
.send[data-phase=sent] .label { text-decoration: underline; text-underline-offset: 2px; }
.send[data-phase=attention] .label, .send[data-phase=reload] .label { font-weight: 700; }
.send[data-changed] svg.ticket { stroke-dasharray: 3 3; }
.send[data-busy] svg.ticket { animation: pulse 1.2s ease-in-out infinite alternate; }
@keyframes pulse { to { opacity: .35; } }
.toast { position: fixed; inset: auto 0 28px; margin: 0 auto; width: fit-content; padding: 10px 12px 10px 16px; border: 1px solid #4a525c; border-radius: 8px;
  background: #22272e; color: #f4f6f8; font: 14px/1.4 system-ui, sans-serif; text-align: start; box-shadow: 0 6px 24px #0006; max-width: calc(100vw - 32px); overflow: hidden; white-space: normal; }
.toast:popover-open { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; }
.toast button { padding: 4px 10px; border: 1px solid #76818e; font-weight: 600; }
.toast button:focus-visible { outline-offset: 1px; }
.toast .rest { font-variant-numeric: tabular-nums; opacity: .85; min-width: 3ch; }
.toast .time { position: absolute; inset: auto 0 0 0; height: 3px; background: #6cb6ff; transform-origin: left; animation: run linear both; }
.toast .time:dir(rtl) { transform-origin: right; }
@keyframes run { from { transform: none; } to { transform: scaleX(0); } }
@media (prefers-reduced-motion: reduce) { svg, .toast .time { animation: none !important; } .toast .time { display: none; } }
@media (forced-colors: active) { .bar { border: 1px solid ButtonText; } button:disabled { color: GrayText; opacity: 1; } }
@media print { :host { display: none; } }
`;

/** Puts the style into a shadow root, past a page's rules for style elements where the browser lets us. */
export function applyStyle(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(buttonStyle);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Firefox refuses sheets made in a content script's own world.
    const style = root.ownerDocument.createElement('style');
    style.textContent = buttonStyle;
    root.append(style);
  }
}
