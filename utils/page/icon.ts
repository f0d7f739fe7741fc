const svg = 'http://www.w3.org/2000/svg';

/** Line drawings, 24 by 24: a ticket that takes an arrow in; a chevron. */
const drawings = {
  ticket: [
    'M20 9.5V6.5a1.5 1.5 0 0 0-1.5-1.5h-14A1.5 1.5 0 0 0 3 6.5v3a2.5 2.5 0 0 1 0 5v3A1.5 1.5 0 0 0 4.500 19h6',
    'M12 12h9',
    'M17.500 8.500 21 12l-3.500 3.500',
  ],
  down: ['M7 10l5 5 5-5'],
} as const;

/** An icon in the colour of the text, built by DOM calls: pages may forbid markup in strings. Decoration only. */
export function createIcon(document: Document, name: keyof typeof drawings): SVGSVGElement {
  const icon = document.createElementNS(svg, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  icon.setAttribute('class', name);
  for (const line of drawings[name]) {
    const path = document.createElementNS(svg, 'path');
    path.setAttribute('d', line);
    icon.append(path);
  }
  return icon;
}
