/** What one message may cost. Beyond a limit something is left out and said so as a gap; nothing is refused as a whole. */
export const limits = {
  /** Bytes of all headers of one message, its parts' included. */
  headerBytes: 4 * 1024 * 1024,
  /** Parts of one message, at any depth. */
  parts: 2_000,
  /** Multiparts inside multiparts. Nobody writes more than five. */
  depth: 30,
  /** Signed contents (S/MIME) inside signed contents. */
  envelopes: 3,
  /** Files listed with one message. */
  attachments: 1_000,
  /** Addresses of one header. */
  recipients: 20_000,
  /** Ids of References. */
  references: 1_000,
  /** Characters of HTML that are sanitised. */
  html: 5_500_000,
  /** Elements inside elements: parsers flatten or slow down beyond it. Deep quotes of a long thread take about 300. */
  htmlDepth: 400,
  /** Elements of one body: a report of 30,000 rows has less. */
  htmlElements: 200_000,
  /** Attributes of one element. */
  htmlAttributes: 256,
  /** Characters of text that are kept. */
  text: 5_000_000,
  /** Characters of a subject or a name. */
  line: 2_000,
} as const;
