/**
 * Stands in the build for what WXT wraps around a content script, of which the button uses nothing: over a kilobyte of
 * timers and watchers, and a message that tells every page that Relais is there.
 */
export class ContentScriptContext {}
