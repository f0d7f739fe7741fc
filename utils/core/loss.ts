/** That the browser threw Relais's database away, and what came back; kept until the person has read it. */
export interface Loss {
  /** When it was noticed: the start after it. */
  readonly at: number;
  /** Captures and deliveries that came back from the second home. */
  readonly restored: number;
  /** What that names, and could not be brought back. */
  readonly missing: number;
}
