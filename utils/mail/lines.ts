import type { Mark } from './fold-lines.ts';

/** A node of the markup and the lines that its words stand in, `last` included. */
export interface Place {
  readonly node: Node;
  readonly first: number;
  readonly last: number;
}

/** Lines under construction. Prefixes (`> `, a list's indent) are put before each line that begins while they hold. */
export class Lines {
  readonly done: string[] = [];
  /** What the markup says of each line. */
  readonly marks: (Mark | undefined)[] = [];
  readonly places: Place[] = [];
  /** Holds for every line that begins. */
  mark: Mark | undefined;
  /** Holds for the next line that begins. */
  nextMark: Mark | undefined;
  private lineMark: Mark | undefined;
  private line = '';
  private isEmpty = true;
  /** Kept beside the line: asking a line that grows for its last letter each time would cost its whole length. */
  private endsBlank = true;
  private gap = 0;
  /** What stands on the empty lines of a gap: nothing between a quote and what surrounds it. */
  private gapPrefix = '';
  private readonly prefixes: string[] = [];
  private marker = '';
  /** Next number of each ordered list under way. */
  readonly numbers = new WeakMap<Element, number>();

  word(text: string, node?: Node): void {
    if (text === '' || (this.isEmpty && text.trim() === '')) return;
    if (this.isEmpty) this.begin();
    if (node && text.trim() !== '') this.places.push({ node, first: this.done.length, last: this.done.length });
    // One blank between words and none before the first, however the source breaks its lines.
    this.append(this.endsBlank && text.startsWith(' ') ? text.slice(1) : text);
  }

  /** Text whose own line breaks and blanks count. */
  verbatim(text: string, node?: Node): void {
    let first: number | undefined;
    text.split('\n').forEach((piece, index) => {
      if (index > 0) this.breakLine();
      if (piece === '') return;
      if (this.isEmpty) this.begin();
      this.append(piece);
      first ??= this.done.length;
    });
    if (node && first !== undefined) this.places.push({ node, first, last: this.isEmpty ? this.done.length - 1 : this.done.length });
  }

  /** Ends the line if it holds anything. */
  endLine(): void {
    if (!this.isEmpty) this.push();
  }

  /** Ends the line, or makes an empty one. */
  breakLine(): void {
    if (this.isEmpty) this.widen(Math.min(this.gap + 1, 2));
    else this.push();
  }

  /** At least one empty line before what follows. */
  blank(): void {
    this.endLine();
    if (this.done.length > 0) this.widen(Math.max(this.gap, 1));
  }

  within(prefix: string, marker: string, inside: () => void): void {
    this.endLine();
    this.prefixes.push(prefix);
    this.marker = marker;
    inside();
    this.endLine();
    this.marker = '';
    this.prefixes.pop();
  }

  toString(): string {
    this.endLine();
    return this.done.join('\n');
  }

  private begin(): void {
    const prefix = this.prefixes.join('');
    if (this.done.length > 0) {
      for (let count = 0; count < this.gap; count += 1) {
        this.done.push(this.gapPrefix);
        this.marks.push(undefined);
      }
    }
    this.gap = 0;
    this.lineMark = this.mark ?? this.nextMark;
    this.nextMark = undefined;
    this.line = this.marker ? `${this.prefixes.slice(0, -1).join('')}${this.marker}` : prefix;
    this.marker = '';
    this.isEmpty = false;
    this.endsBlank = true;
  }

  private append(text: string): void {
    if (text === '') return;
    this.line += text;
    this.endsBlank = text.endsWith(' ');
  }

  private widen(gap: number): void {
    const prefix = this.prefixes.join('').trimEnd();
    this.gapPrefix = this.gap > 0 && this.gapPrefix.length < prefix.length ? this.gapPrefix : prefix;
    this.gap = gap;
  }

  private push(): void {
    this.done.push(this.line.trimEnd());
    this.marks.push(this.lineMark);
    this.line = '';
    this.isEmpty = true;
  }
}
