import { JSDOM } from 'jsdom';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPage } from '../../../utils/page/watch.ts';

let document: Document;
let now: number;
let frames: (() => void)[];
let controller: AbortController;

/** Plays the next frame: what was asked for until now. */
const frame = () => {
  now += 16;
  for (const play of frames.splice(0)) play();
};
/** A change, and the observer's turn after it. */
const change = async () => {
  document.body.append('x');
  await Promise.resolve();
};

beforeEach(() => {
  const { window } = new JSDOM('<body></body>', { url: 'https://mail.example.org/' });
  document = window.document;
  now = 0;
  frames = [];
  window.requestAnimationFrame = (play) => frames.push(() => play(now));
  vi.spyOn(window.performance, 'now').mockImplementation(() => now);
  controller = new window.AbortController();
});

describe('watchPage', () => {
  it('looks at once, then in the frame after a change, and never while nothing happens', async () => {
    const look = vi.fn();
    watchPage(document, look, controller.signal);
    expect(look).toHaveBeenCalledTimes(1);
    expect(frames).toHaveLength(0);
    await change();
    await change();
    expect(frames).toHaveLength(1);
    frame();
    expect(look).toHaveBeenCalledTimes(2);
    expect(frames).toHaveLength(0);
  });

  it('hears of one change between two looks, however many there are', async () => {
    let heard = 0;
    const view = document.defaultView as Window & typeof globalThis;
    const Real = view.MutationObserver;
    view.MutationObserver = class extends Real {
      constructor(hear: MutationCallback) {
        super((...news) => {
          heard += 1;
          hear(...news);
        });
      }
    };
    watchPage(document, () => {}, controller.signal);
    for (let made = 0; made < 100; made += 1) await change();
    expect(heard).toBe(1);
    frame();
    await change();
    expect(heard).toBe(2);
  });

  it('does not take its own changes for news', async () => {
    watchPage(document, () => document.body.append('mine'), controller.signal);
    await Promise.resolve();
    expect(frames).toHaveLength(0);
  });

  it('sees routes change without a change in the page', () => {
    const look = vi.fn();
    watchPage(document, look, controller.signal);
    document.defaultView?.dispatchEvent(new (document.defaultView as Window & typeof globalThis).Event('hashchange'));
    frame();
    expect(look).toHaveBeenCalledTimes(2);
  });

  it('takes at most a two-hundredth of the time of a page that never rests, and is there at once after a rest', async () => {
    let looks = 0;
    const look = () => {
      looks += 1;
      now += 1;
    };
    watchPage(document, look, controller.signal);
    for (let played = 0; played < 2_000; played += 1) {
      await change();
      frame();
    }
    expect(looks).toBeLessThanOrEqual(10 + now * 0.005 + 1);
    expect(looks).toBeGreaterThan(now * 0.005);

    frame();
    now += 10_000;
    const before = looks;
    for (let played = 0; played < 5; played += 1) {
      await change();
      frame();
    }
    expect(looks - before).toBeGreaterThanOrEqual(5);
  });

  it('ends with its signal', async () => {
    const look = vi.fn();
    const seen = watchPage(document, look, controller.signal);
    await change();
    controller.abort();
    frame();
    await change();
    seen();
    frame();
    expect(look).toHaveBeenCalledTimes(1);
  });
});
