/**
 * Keys pressed while a popup is still loading: the browser gives it the keyboard before its script is there to listen. Esc
 * closes it at once; letters and Ctrl/Cmd+Enter wait for the field that gets the cursor.
 */

type Field = HTMLInputElement | HTMLTextAreaElement;

/** Listens until a field has the cursor, or the person does something else. */
export function keepTypedAhead(document: Document, close: () => void): void {
  const over = new AbortController();
  const letters: string[] = [];
  let send: KeyboardEvent | undefined;

  const press = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    const isCommand = (ctrlKey || metaKey || altKey) && !event.getModifierState('AltGraph');
    const isOnControl = event.target !== document.body && event.target !== document.documentElement;
    if (key === 'Escape') close();
    else if (key === 'Enter' && (ctrlKey || metaKey)) send = event;
    else if (key === 'Backspace') letters.pop();
    else if (/^(Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead)$/.test(key)) return;
    // On a button these press it.
    else if (isOnControl && (key === ' ' || key === 'Enter')) return;
    else if (!isCommand && key === 'Enter') letters.push('\n');
    else if (!isCommand && [...key].length === 1) letters.push(key);
    else over.abort();
  };
  const pour = ({ target }: FocusEvent) => {
    if (!isField(target)) return;
    over.abort();
    if (letters.length > 0) write(target, letters.join(''));
    if (send) target.dispatchEvent(new KeyboardEvent('keydown', { ...keyOf(send), bubbles: true, cancelable: true }));
  };

  const listening = { capture: true, signal: over.signal };
  document.addEventListener('keydown', press, listening);
  document.addEventListener('focusin', pour, listening);
  document.addEventListener('pointerdown', () => over.abort(), listening);
}

function isField(target: EventTarget | null): target is Field {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && /^(text|search|password)$/.test(target.type));
}

/** As if it were typed there now. */
function write(field: Field, text: string): void {
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }));
}

const keyOf = ({ key, ctrlKey, metaKey }: KeyboardEvent) => ({ key, ctrlKey, metaKey });
