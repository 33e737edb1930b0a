import { describe, expect, it } from 'vitest';
import { ApiError } from '../src/api/errors';
import { ConsoleConnection, type ConnectionPhase, type Socket } from '../src/console/connection';
import { backoffMillis } from '../src/live/backoff';

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: string[] = [];
  closed = false;
  constructor(
    readonly ticket: string,
    readonly after: number | null,
  ) {}
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.closed = true;
  }
  frame(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

/** A connection whose time, tickets and sockets are in the test's hands. */
function harness(tickets: () => Promise<string> = () => Promise.resolve('t')) {
  const sockets: FakeSocket[] = [];
  const phases: ConnectionPhase[] = [];
  const frames: string[] = [];
  const timers: { task: () => void; millis: number }[] = [];
  let after: number | null = null;
  const connection = new ConsoleConnection({
    ticket: tickets,
    open: (ticket, resumeAfter) => {
      const socket = new FakeSocket(ticket, resumeAfter);
      sockets.push(socket);
      return socket;
    },
    resumeAfter: () => after,
    onFrame: (frame) => frames.push(frame.type),
    onPhase: (phase) => phases.push(phase),
    random: () => 1,
    schedule: (task, millis) => {
      const timer = { task, millis };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
  });
  return {
    connection,
    sockets,
    phases,
    frames,
    timers,
    saw: (number: number) => (after = number),
    settle: () => new Promise((resolve) => setTimeout(resolve)),
    last: () => sockets.at(-1) as FakeSocket,
    retry: () => timers.splice(0, 1)[0]?.task(),
  };
}

describe('console connection', () => {
  it('opens with a ticket and hands frames on', async () => {
    const test = harness();
    test.connection.start();
    await test.settle();
    test.last().onopen?.();
    test.last().frame({ type: 'connected', permissions: [] });
    expect(test.last().ticket).toBe('t');
    expect(test.phases.map((phase) => phase.name)).toEqual(['connecting', 'open']);
    expect(test.frames).toEqual(['connected']);
  });

  it('sends only while it is open', async () => {
    const test = harness();
    expect(test.connection.send({ type: 'command', line: 'x' })).toBe(false);
    test.connection.start();
    await test.settle();
    test.last().onopen?.();
    expect(test.connection.send({ type: 'command', line: 'help' })).toBe(true);
    expect(test.last().sent).toEqual(['{"type":"command","line":"help"}']);
  });

  it('comes back with a fresh ticket after the last line seen', async () => {
    let issued = 0;
    const test = harness(() => Promise.resolve(`ticket ${++issued}`));
    test.connection.start();
    await test.settle();
    test.last().onopen?.();
    test.timers.length = 0;
    test.saw(41);
    test.last().onclose?.();
    expect(test.phases.at(-1)).toMatchObject({ name: 'waiting', retryInMillis: 500 });
    test.retry();
    await test.settle();
    expect(test.sockets.map(({ ticket, after }) => [ticket, after])).toEqual([
      ['ticket 1', null],
      ['ticket 2', 41],
    ]);
  });

  it('waits longer each time until a connection proves itself', async () => {
    const test = harness();
    test.connection.start();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      await test.settle();
      test.timers.length = 0;
      test.last().onclose?.();
      waits.push(test.timers[0]?.millis ?? 0);
      test.retry();
    }
    await test.settle();
    test.last().onopen?.();
    test.timers.length = 0;
    test.last().frame({ type: 'connected', permissions: [] });
    test.last().onclose?.();
    waits.push(test.timers[0]?.millis ?? 0);
    expect(waits).toEqual([500, 1000, 2000, 500]);
  });

  it('tries again when the panel is away, and at once when asked to', async () => {
    let up = false;
    const test = harness(() => (up ? Promise.resolve('t') : Promise.reject(new ApiError(0, 'network', ''))));
    test.connection.start();
    await test.settle();
    expect(test.phases.at(-1)).toMatchObject({ name: 'waiting', error: { code: 'network' } });
    up = true;
    test.connection.retryNow();
    await test.settle();
    expect(test.sockets.length).toBe(1);
  });

  it('ends when access is refused', async () => {
    const test = harness(() => Promise.reject(new ApiError(403, 'forbidden', '')));
    test.connection.start();
    await test.settle();
    expect(test.phases.at(-1)).toMatchObject({ name: 'ended', reason: 'refused' });
    expect(test.timers).toEqual([]);
  });

  it('ends when the server is deleted', async () => {
    const test = harness();
    test.connection.start();
    await test.settle();
    test.last().onopen?.();
    test.last().frame({ type: 'deleted' });
    expect(test.phases.at(-1)).toMatchObject({ name: 'ended', reason: 'deleted' });
    expect(test.last().closed).toBe(true);
  });

  it('ignores what is not a frame', async () => {
    const test = harness();
    test.connection.start();
    await test.settle();
    test.last().onopen?.();
    for (const data of ['not json', '[]', 'null', new ArrayBuffer(2)]) test.last().onmessage?.({ data });
    expect(test.frames).toEqual([]);
  });

  it('is silent once it is closed', async () => {
    let answer: (ticket: string) => void = () => {};
    const test = harness(() => new Promise((resolve) => (answer = resolve)));
    test.connection.start();
    test.connection.close();
    answer('late');
    await test.settle();
    expect(test.sockets).toEqual([]);
  });
});

describe('backoff', () => {
  it('doubles up to a bound, half of it at random', () => {
    expect([0, 1, 2, 30].map((attempt) => backoffMillis(attempt, () => 1))).toEqual([500, 1000, 2000, 20_000]);
    expect(backoffMillis(1, () => 0)).toBe(500);
  });
});
