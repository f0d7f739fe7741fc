/**
 * Providers that run a webmail which others run too: where it lives, so that it can be switched on by name. Which product
 * it is, its pages tell by their marks: providers change it without notice.
 */
export interface Provider {
  readonly id: string;
  readonly name: string;
  readonly origins: readonly string[];
}

const at = (...hosts: readonly string[]) => hosts.map((host) => `https://${host}`);

export const providers: readonly Provider[] = [
  { id: 'free', name: 'Free', origins: at('webmail.free.fr', 'webmail-rc.free.fr', 'zimbra.free.fr') },
  { id: 'gandi', name: 'Gandi', origins: at('webmail.gandi.net') },
  { id: 'laposte', name: 'La Poste', origins: at('webmail.laposte.net') },
  { id: 'orange', name: 'Orange', origins: at('mail.orange.fr', 'mail01.orange.fr', 'mail02.orange.fr') },
  { id: 'ovh', name: 'OVH', origins: at('mail.ovh.net', 'webmail.mail.ovh.net', 'pro1.mail.ovh.net', 'ex.mail.ovh.net') },
];
