/** Libraries without types of their own, as far as the bench calls them. */
declare module 'planer' {
  const planer: { extractFrom(body: string, mediaType: string, document?: Document): string };
  export default planer;
}

declare module 'mailparser' {
  interface Parsed {
    readonly subject?: string;
    readonly date?: Date;
    readonly messageId?: string;
    readonly from?: { readonly value: readonly { readonly address?: string }[] };
  }
  export function simpleParser(source: Uint8Array): Promise<Parsed>;
}

declare module 'html-to-text' {
  export function convert(html: string, options?: { readonly wordwrap?: number | false }): string;
}
