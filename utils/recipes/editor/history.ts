/** Undo and redo over values that are never changed, only replaced. */

export interface History<Value> {
  readonly past: readonly Value[];
  readonly present: Value;
  readonly future: readonly Value[];
  /** What the last change was to: typing on in the same place is one step. */
  readonly place?: string;
}

const most = 200;

export function begin<Value>(present: Value): History<Value> {
  return { past: [], present, future: [] };
}

/** The next state. Without a place each change is a step of its own. */
export function change<Value>(history: History<Value>, present: Value, place?: string): History<Value> {
  const goesOn = place !== undefined && place === history.place;
  const past = goesOn ? history.past : [...history.past, history.present].slice(-most);
  return { past, present, future: [], ...(place !== undefined && { place }) };
}

export function undo<Value>(history: History<Value>): History<Value> {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  return { past: history.past.slice(0, -1), present, future: [history.present, ...history.future] };
}

export function redo<Value>(history: History<Value>): History<Value> {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { past: [...history.past, history.present], present, future };
}
