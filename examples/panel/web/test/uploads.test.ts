import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api/errors';
import { UploadQueue, type UploadTransport } from '../src/files/uploads';

const network = () => new ApiError(0, 'network', '');
const full = () => new ApiError(507, 'disk_full', 'There is not enough disk space.');

/** A node in memory that takes pieces, and fails as it is told. */
class Node implements UploadTransport {
  arrived = new Map<string, { size: number; pieces: number[] }>();
  failures: (ApiError | null)[] = [];
  /** How much of the next failing piece arrives all the same. */
  partly = 0;
  upload = vi.fn(async (_server: string, _path: string, content: Blob, options: { onProgress: (sent: number) => void }) => {
    options.onProgress(content.size);
    this.fail();
  });
  cancelUpload = vi.fn(async (_server: string, id: string) => void this.arrived.delete(id));

  beginUpload = async (_server: string, path: string, sizeBytes: number) => {
    this.arrived.set(path, { size: sizeBytes, pieces: [] });
    return this.partialUpload('', path);
  };

  partialUpload = async (_server: string, id: string) => {
    const found = this.arrived.get(id);
    if (!found) throw new ApiError(404, 'not_found', '');
    return { id, path: id, sizeBytes: found.size, offsetBytes: found.pieces.reduce((sum, piece) => sum + piece, 0) };
  };

  overwritten: boolean[] = [];

  appendUpload = async (_server: string, id: string, offset: number, piece: Blob, overwrite: boolean) => {
    this.overwritten.push(overwrite);
    const { offsetBytes } = await this.partialUpload('', id);
    expect(offset).toBe(offsetBytes);
    try {
      this.fail();
    } catch (thrown) {
      if (this.partly > 0) this.arrived.get(id)?.pieces.push(this.partly);
      throw thrown;
    }
    this.arrived.get(id)?.pieces.push(piece.size);
    return this.partialUpload('', id);
  };

  private fail() {
    const failure = this.failures.shift();
    if (failure) throw failure;
  }
}

function queue(node: Node) {
  return new UploadQueue(node, { pieceBytes: 4, pauseMillis: () => 0 });
}

const states = (made: UploadQueue) => made.all().map(({ state }) => state);
const file = (size: number) => new Blob(['x'.repeat(size)]);

describe('uploads', () => {
  it('that somebody was faster than end at once, and go on over his file when told to', async () => {
    const node = new Node();
    const changed = () => new ApiError(409, 'conflict', 'It was changed.');
    node.failures = [null, changed(), changed()];
    node.partly = 3;
    const made = queue(node);
    made.add('s', '/', '/big', file(8), true);
    await vi.waitFor(() => expect(states(made)).toEqual(['failed']));
    expect(node.failures).toEqual([]);
    node.arrived.get('/big')?.pieces.splice(2);
    made.retry(1, true);
    await vi.waitFor(() => expect(states(made)).toEqual(['done']));
    expect(node.overwritten).toEqual([false, false, false, true]);
  });

  it('go in pieces where the node takes them, and on where they broke off', async () => {
    const node = new Node();
    node.failures = [null, network()];
    node.partly = 3;
    const made = queue(node);
    made.add('s', '/', '/big', file(10), true);
    await vi.waitFor(() => expect(states(made)).toEqual(['done']));
    expect(node.arrived.get('/big')?.pieces).toEqual([4, 3, 3]);
    expect(made.all()[0]?.sentBytes).toBe(10);
  });

  it('wait for somebody when there is no room, and go on where they were', async () => {
    const node = new Node();
    node.failures = [null, full()];
    const made = queue(node);
    made.add('s', '/', '/big', file(10), true);
    await vi.waitFor(() => expect(states(made)).toEqual(['failed']));
    expect(made.all()[0]?.error?.code).toBe('disk_full');
    made.retry(made.all()[0]?.id ?? 0);
    await vi.waitFor(() => expect(states(made)).toEqual(['done']));
    expect(node.arrived.get('/big')?.pieces).toEqual([4, 4, 2]);
  });

  it('begin anew when the node has given one up', async () => {
    const node = new Node();
    node.failures = [null, full()];
    const made = queue(node);
    made.add('s', '/', '/big', file(6), true);
    await vi.waitFor(() => expect(states(made)).toEqual(['failed']));
    node.arrived.clear();
    made.retry(made.all()[0]?.id ?? 0);
    await vi.waitFor(() => expect(states(made)).toEqual(['done']));
    expect(node.arrived.get('/big')?.pieces).toEqual([4, 2]);
  });

  it('go as a whole elsewhere, two at a time, and tell when they have arrived', async () => {
    const node = new Node();
    const made = queue(node);
    const done = vi.fn();
    made.onDone(done);
    for (const name of ['a', 'b', 'c']) made.add('s', '/', `/${name}`, file(3), false);
    expect(states(made)).toEqual(['running', 'running', 'waiting']);
    expect(made.busy()).toBe(true);
    await vi.waitFor(() => expect(states(made)).toEqual(['done', 'done', 'done']));
    expect(done).toHaveBeenCalledTimes(3);
    expect(made.busy()).toBe(false);
    made.forgetEnded('other');
    expect(made.all()).toHaveLength(3);
    made.forgetEnded('s');
    expect(made.all()).toHaveLength(0);
  });

  it('can be ended, and the node throws away what it has', async () => {
    const node = new Node();
    node.failures = [full()];
    const made = queue(node);
    made.add('s', '/', '/big', file(10), true);
    await vi.waitFor(() => expect(states(made)).toEqual(['failed']));
    made.cancel(made.all()[0]?.id ?? 0);
    expect(states(made)).toEqual(['cancelled']);
    expect(node.cancelUpload).toHaveBeenCalledWith('s', '/big');
    expect(node.arrived.size).toBe(0);
  });

  it('are not touched again by a connection that ends late', async () => {
    let refuse = (_error: ApiError) => {};
    const node = new Node();
    node.upload.mockImplementation(() => new Promise((_resolve, reject) => (refuse = reject)));
    const made = queue(node);
    made.add('s', '/', '/a', file(3), false);
    made.cancel(made.all()[0]?.id ?? 0);
    refuse(network());
    await Promise.resolve();
    expect(states(made)).toEqual(['cancelled']);
  });
});
