/** Domains where anybody has a mailbox: two people there are no colleagues. */

/** Providers with an address in many countries: `yahoo.fr`, `gmx.net`, `hotmail.co.uk`. */
const everywhere = new Set([
  'aol',
  'gmail',
  'gmx',
  'googlemail',
  'hotmail',
  'live',
  'msn',
  'outlook',
  'proton',
  'protonmail',
  'rocketmail',
  'yahoo',
  'yandex',
  'ymail',
  'zoho',
  'zohomail',
]);

const domains = new Set(
  [
    'icloud.com me.com mac.com fastmail.com fastmail.fm hey.com pm.me tutanota.com tutanota.de tuta.io tuta.com mail.com email.com inbox.com hushmail.com duck.com',
    'orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr skynet.be telenet.be proximus.be bluewin.ch hispeed.ch sunrise.ch',
    'web.de t-online.de freenet.de arcor.de posteo.de posteo.net mailbox.org mail.de 1und1.de online.de vodafone.de aon.at chello.at a1.net',
    'libero.it virgilio.it tiscali.it alice.it tin.it terra.es telefonica.net sapo.pt uol.com.br bol.com.br terra.com.br ig.com.br',
    'btinternet.com virginmedia.com ntlworld.com sky.com talktalk.net comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net shaw.ca rogers.com bigpond.com optusnet.com.au xtra.co.nz',
    'ziggo.nl kpnmail.nl home.nl planet.nl hetnet.nl telia.com online.no mail.dk seznam.cz centrum.cz wp.pl onet.pl o2.pl interia.pl op.pl abv.bg freemail.hu citromail.hu',
    'mail.ru bk.ru list.ru inbox.ru rambler.ru ukr.net i.ua qq.com foxmail.com 163.com 126.com sina.com sohu.com aliyun.com naver.com hanmail.net daum.net docomo.ne.jp ezweb.ne.jp rediffmail.com',
  ]
    .join(' ')
    .split(' '),
);

/** Whether anybody may have a mailbox at this domain, so that sharing it says nothing. */
export function isPublicProvider(domain: string): boolean {
  const labels = domain.toLowerCase().split('.');
  return domains.has(labels.join('.')) || ((labels.length === 2 || labels.length === 3) && everywhere.has(labels[0] ?? ''));
}
