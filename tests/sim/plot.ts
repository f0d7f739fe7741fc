/** The catch-up after an outage as a picture: requests a second, in bars of ten seconds, with mean and bar of 2 × mean. */
import type { HerdResult } from './herd.ts';

const size = { width: 720, height: 280, left: 48, bottom: 36, top: 28 };
const barSeconds = 10;

export function plot({ perSecond, mean, catchUpSeconds }: HerdResult): string {
  const bars: number[] = [];
  for (let start = 0; start < perSecond.length; start += barSeconds) {
    const part = perSecond.slice(start, start + barSeconds);
    bars.push(part.reduce((sum, count) => sum + count, 0) / part.length);
  }
  const highest = Math.ceil(Math.max(...bars, 2 * mean) / 10) * 10;
  const plotWidth = size.width - size.left - 12;
  const plotHeight = size.height - size.top - size.bottom;
  const y = (rate: number) => size.top + plotHeight * (1 - rate / highest);
  const step = plotWidth / bars.length;
  const rects = bars.map((rate, index) => {
    const x = (size.left + index * step).toFixed(1);
    return `<rect x="${x}" y="${y(rate).toFixed(1)}" width="${(step * 0.8).toFixed(1)}" height="${(plotHeight * (rate / highest)).toFixed(1)}"/>`;
  });
  const line = (rate: number, label: string) =>
    `<path d="M${size.left} ${y(rate).toFixed(1)}H${size.width - 12}" stroke="#b3261e" stroke-dasharray="4 4"/>` +
    `<text x="${size.width - 12}" y="${(y(rate) - 5).toFixed(1)}" text-anchor="end" fill="#b3261e">${label} ${rate.toFixed(1)}/s</text>`;
  const ticks = [0, highest / 2, highest].map((rate) => `<text x="${size.left - 8}" y="${y(rate) + 4}" text-anchor="end">${rate}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="system-ui, sans-serif" font-size="12" fill="#44546a">
<title>Requests a second after an outage of an hour, 10,000 browsers</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="${size.left}" y="16">Requests a second after an outage of an hour, 10,000 browsers</text>
<g fill="#0b7a75">${rects.join('')}</g>
${line(mean, 'mean')}
${line(2 * mean, 'twice the mean')}
${ticks.join('')}
<text x="${size.left}" y="${size.height - 12}">server is back</text>
<text x="${size.width - 12}" y="${size.height - 12}" text-anchor="end">${catchUpSeconds} s</text>
</svg>
`;
}
