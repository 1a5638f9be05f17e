const width = 634;
const height = 400;

/** A drawn instruction in the proportions of a cover: three numbered steps, one beneath the other. SVG. */
export function drawSteps(steps: readonly string[]): string {
  const rows = steps.map((step, index) => {
    const y = 148 + index * 88;
    const line =
      index + 1 < steps.length
        ? `<path d="M64 ${y + 26}v36" stroke="#c3cad6" stroke-width="2" stroke-dasharray="4 5"/>`
        : '';
    return [
      `<circle cx="64" cy="${y}" r="22" fill="#e7edf8"/>`,
      `<text x="64" y="${y + 8}" text-anchor="middle" fill="#1b59c4" font-size="22" font-weight="700">${index + 1}</text>`,
      `<text x="108" y="${y + 9}" fill="#1d2430" font-size="25">${step}</text>`,
      line,
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="使用步骤">`,
    `<g font-family="system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif">`,
    `<rect width="${width}" height="${height}" fill="#f8f9fb"/>`,
    `<rect width="${width}" height="8" fill="#1b59c4"/>`,
    `<text x="40" y="74" fill="#1d2430" font-size="30" font-weight="700">使用步骤</text>`,
    ...rows,
    '</g></svg>',
  ].join('');
}
