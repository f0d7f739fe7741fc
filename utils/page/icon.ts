const svg = 'http://www.w3.org/2000/svg';

/** Line drawings, 24 by 24: a ticket that takes an arrow in; a chevron; a cross. */
const drawings = {
  ticket: [
    'M20 8.5V6.5A2.5 2.5 0 0 0 17.5 4h-13A2.5 2.5 0 0 0 2 6.5v2.8a2.7 2.7 0 0 1 0 5.4v2.8A2.5 2.5 0 0 0 4.5 20H11',
    'M11 12h10.5',
    'M17 7.5 21.5 12 17 16.5',
  ],
  down: ['M7 10l5 5 5-5'],
  stop: ['M6 6l12 12', 'M18 6L6 18'],
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
