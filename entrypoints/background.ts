import { defineBackground } from 'wxt/utils/define-background';
import { startWorker } from '../utils/worker/start.ts';

export default defineBackground(() => startWorker());
