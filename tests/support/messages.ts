/** `i18n.getMessage` over our own locale files, as the browsers do it: `$1` … `$9`, and `$$` for a dollar. */

export type Locale = Readonly<Record<string, { readonly message: string } | undefined>>;

export function messagesOf(locale: Locale, uiLanguage: string) {
  return {
    getMessage(key: string, substitutions: readonly string[] = []): string {
      const message = locale[key]?.message ?? '';
      return message.replace(/\$(\$|[1-9])/g, (_all, what: string) => (what === '$' ? '$' : (substitutions[Number(what) - 1] ?? '')));
    },
    getUILanguage: () => uiLanguage,
  };
}
