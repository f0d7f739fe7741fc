/** A page with a mail in it, and every way in which webmails have been seen to redraw themselves. */

// Not shown, so that the page's own layout doesn't slow the frames that the button pays for.
const rows = Array.from({ length: 3000 }, (_, index) => `<tr><td>Client ${index}<td>Subject ${index}`).join('');
export const redrawnPage = `<!doctype html><title>Mail</title><h1>Printer on fire</h1><div id="bar"><div role="toolbar"><button>Reply</button></div></div>
<p><a type="message/rfc822" href="/1.eml">Original</a></p><table hidden><tbody id="rows">${rows}</table>`;

/** Each runs in the page. */
export const redraws: Readonly<Record<string, () => unknown>> = {
  'after its toolbar was away for a while': async () => {
    document.querySelector('[role=toolbar]')?.remove();
    for (let frame = 0; frame < 10; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    document.querySelector('#bar')?.append(Object.assign(document.createElement('div'), { role: 'toolbar' }));
  },
  'after its toolbar was away for a task': async () => {
    document.querySelector('[role=toolbar]')?.remove();
    await new Promise((resolve) => setTimeout(resolve));
    document.querySelector('#bar')?.append(Object.assign(document.createElement('div'), { role: 'toolbar' }));
  },
  'when its toolbar is replaced in one step': () =>
    document.querySelector('[role=toolbar]')?.replaceWith(Object.assign(document.createElement('div'), { role: 'toolbar' })),
  'when the whole page is redrawn': () => {
    document.body.innerHTML = '<h1>y</h1><a type="message/rfc822" href="/1.eml"></a><div role="toolbar"></div>';
  },
  'when its toolbar is drawn again from its own markup': () => {
    const parent = document.querySelector('#bar') as Element;
    parent.innerHTML = `${parent.innerHTML}`;
  },
  'when the content of its toolbar is redrawn': () => {
    (document.querySelector('[role=toolbar]') as Element).innerHTML = '<b>x</b>';
  },
  'when it alone is removed': () => document.querySelector('relais-button')?.remove(),
  'when the body is replaced': () => {
    const body = document.createElement('body');
    body.innerHTML = '<a type="message/rfc822" href="/1.eml"></a><div role="toolbar"></div>';
    document.body.replaceWith(body);
  },
};

/** Runs in the page: the number of buttons in toolbars at the end of the second frame from now, the one that follows any change made before. */
export async function buttonsAfterAFrame(): Promise<number> {
  for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  return [...document.querySelectorAll('relais-button')].filter((button) => button.closest('[role=toolbar]')).length;
}
