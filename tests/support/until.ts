/** Waits for what has no event of its own; looks often, says what it waited for, never waits for ever. */
export async function until(what: string, isTrue: () => boolean | Promise<boolean>, milliseconds = 10_000, pause = 20): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`Waited ${milliseconds / 1000} s in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** The first value that is there. */
export async function found<Value>(
  what: string,
  find: () => Value | undefined | Promise<Value | undefined>,
  milliseconds = 10_000,
  pause = 20,
): Promise<Value> {
  let value: Value | undefined;
  await until(
    what,
    async () => {
      value = await find();
      return value !== undefined;
    },
    milliseconds,
    pause,
  );
  if (value === undefined) throw new Error(what);
  return value;
}
