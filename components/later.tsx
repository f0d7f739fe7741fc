import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component whose code is loaded apart from its page's. */
export interface Later<Props> {
  /** Draws nothing until the code is there. */
  readonly View: ComponentType<Props>;
  /** Loads the code ahead of need; what it could not load is tried again when it is drawn. */
  readonly preload: () => Promise<void>;
}

/** Takes what a first paint doesn't need out of it. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  let Loaded: ComponentType<Props> | undefined;
  async function preload(): Promise<void> {
    Loaded ??= await load();
  }
  function View(props: Props) {
    const [, redraw] = useState(false);
    const isDrawn = Loaded !== undefined;
    useEffect(() => {
      // The code may have come since the drawing: nobody else would draw again.
      if (!isDrawn) preload().then(() => redraw(true), console.error);
    }, []);
    return Loaded && <Loaded {...props} />;
  }
  return { View, preload };
}
