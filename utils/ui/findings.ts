/** What the doctor found, in words. */
import { type MessageKey, t } from '../i18n.ts';
import type { Finding, FindingCode } from '../recipes/doctor.ts';

const keys = {
  permission: 'finding_permission',
  offline: 'finding_offline',
  name: 'finding_name',
  refused: 'finding_refused',
  certificate: 'finding_certificate',
  silent: 'finding_silent',
  address: 'finding_address',
  cors: 'finding_cors',
  redirect: 'finding_redirect',
  login_page: 'finding_login_page',
  key: 'finding_key',
  right: 'finding_right',
  field: 'finding_field',
  setting: 'finding_setting',
  busy: 'finding_busy',
  broken: 'finding_broken',
  answer: 'finding_answer',
  recipe: 'finding_recipe',
  unknown: 'finding_unknown',
} as const satisfies Record<FindingCode, MessageKey>;

/** What is wrong and what to do about it; "probably" where it is not sure. */
export function findingSentence({ code, sure, about }: Finding): string {
  const sentence = t(keys[code], about);
  return sure ? sentence : t('findingProbably', sentence);
}
