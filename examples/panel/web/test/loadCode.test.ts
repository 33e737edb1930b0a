import { describe, expect, it, vi } from 'vitest';
import { loadCode } from '../src/components/loadCode';

const gone = new TypeError('Failed to fetch dynamically imported module');

describe('code that is fetched when it is needed', () => {
  it('is asked for again after the network was away', async () => {
    const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(gone).mockRejectedValueOnce(gone).mockResolvedValue('the page');
    expect(await loadCode(load, 0)).toBe('the page');
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('is given up with what went wrong', async () => {
    const load = vi.fn<() => Promise<string>>().mockRejectedValue(gone);
    await expect(loadCode(load, 0)).rejects.toBe(gone);
    expect(load).toHaveBeenCalledTimes(3);
  });
});
