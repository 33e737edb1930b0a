import { sparklinePath } from './sparklinePath';

/** A small curve of the last values, newest at the right edge. `label` says the newest value in words. */
export function Sparkline({
  values,
  max,
  capacity,
  label,
}: {
  values: readonly number[];
  max: number;
  capacity: number;
  label: string;
}) {
  const { line, area } = sparklinePath(values, max, capacity, WIDTH, HEIGHT);
  return (
    <svg className="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <path className="sparkline__grid" d={`M0 ${HEIGHT / 2}H${WIDTH}`} />
      <path className="sparkline__area" d={area} />
      <path className="sparkline__line" d={line} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

const WIDTH = 240;
const HEIGHT = 56;
