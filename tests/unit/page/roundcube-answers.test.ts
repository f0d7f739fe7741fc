import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { envOf, rowsIn } from '../../../utils/page/roundcube-answers.ts';

const answer = (exec: string, env: object = {}) => JSON.stringify({ action: 'search', env, exec });

describe('rowsIn', () => {
  it('reads uid and folder of each row, dashes and accents in the folder too', () => {
    const exec = 'this.add_message_row("1-Sent",{"a":1},{},false);\nthis.add_message_row("22-Clients\\/R\\u0026AOk-cl - x",{},{},false);';
    expect(rowsIn(answer(exec, { messagecount: 70, pagecount: 2, search_request: 'abc' }))).toEqual({
      rows: [
        { uid: '1', mailbox: 'Sent' },
        { uid: '22', mailbox: 'Clients/R&AOk-cl - x' },
      ],
      request: 'abc',
      pages: 2,
      count: 70,
      page: 0,
      isUnfinished: false,
    });
  });

  it('takes no words of a mail for a row', () => {
    const subject = JSON.stringify('this.add_message_row("9-INBOX",{});');
    expect(rowsIn(answer(`this.add_message_row("1-Sent",{"subject":${subject}},{},false);`)).rows).toEqual([{ uid: '1', mailbox: 'Sent' }]);
  });

  it('knows a search that is to be continued, and the page that is shown', () => {
    expect(rowsIn(answer('this.continue_search("abc");'))).toMatchObject({ isUnfinished: true, count: 0 });
    expect(rowsIn(answer('', { current_page: 3 }))).toMatchObject({ isUnfinished: false, page: 3 });
  });

  it('knows a session that has ended', () => {
    expect(() => rowsIn(answer('this.session_error("\\/?_task=login&_err=session");'))).toThrow(
      expect.objectContaining({ code: 'webmail-signed-out' }),
    );
  });

  it.each(['<!doctype html>', '[]', 'null', '{"env":{}}', ''])('does not take %j for a search without hits', (text) => {
    expect(() => rowsIn(text)).toThrow(TypeError);
  });
});

describe('envOf', () => {
  it('reads the first environment and only its words', () => {
    const { document } = new JSDOM(
      '<script>var x;\nrcmail.set_env({"username":"a@b","request_token":"t","framed":true,"trash_mailbox":""});\n</script>',
    ).window;
    expect(envOf(document)).toEqual({ username: 'a@b', request_token: 't' });
  });

  it('is empty for a page without one, or with one that is no JSON', () => {
    expect(envOf(new JSDOM('<script>rcmail.set_env({a:1});\n</script>').window.document)).toEqual({});
  });
});
