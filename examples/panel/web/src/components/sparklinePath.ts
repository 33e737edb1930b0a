/** The SVG paths of a curve and of the area below it. Values beyond `max` are drawn at the top. */
export function sparklinePath(
  values: readonly number[],
  max: number,
  capacity: number,
  width: number,
  height: number,
): { line: string; area: string } {
  if (values.length === 0) return { line: '', area: '' };
  const step = width / Math.max(1, capacity - 1);
  const left = width - (values.length - 1) * step;
  const scale = max > 0 ? max : 1;
  const points = values.map((value, index) => {
    const share = Math.min(1, Math.max(0, value / scale));
    const y = height - 1 - share * (height - 2);
    return `${round(left + index * step)} ${round(y)}`;
  });
  const line = `M${points.join('L')}`;
  return { line, area: `${line}L${width} ${height}L${round(left)} ${height}Z` };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
