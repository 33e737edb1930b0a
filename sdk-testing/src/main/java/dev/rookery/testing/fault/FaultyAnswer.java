package dev.rookery.testing.fault;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;

/** The way of an answer to the client, on which a fault may happen. */
final class FaultyAnswer extends OutputStream {

    private final Socket client;
    private final OutputStream out;
    private final Optional<Fault> fault;
    private final long half;
    private long count;

    /**
     * Creates the way.
     *
     * @param bodyLength how long the body will be, -1 if nobody knows
     */
    FaultyAnswer(Socket client, Optional<Fault> fault, long bodyLength) throws IOException {
        this.client = client;
        this.out = client.getOutputStream();
        this.fault = fault;
        // Of a body of unknown length nothing at all is a half; of no body, half of the head.
        this.half = Math.max(0, bodyLength / 2);
    }

    /** Writes the head. */
    void head(byte[] head) throws IOException {
        if (is(Fault.Kind.RESET_AT_BYTE)) {
            write(head, 0, head.length);
            return;
        }
        if (is(Fault.Kind.HALF_ANSWER) && half == 0) {
            out.write(head, 0, head.length / 2);
            end();
        }
        out.write(head);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (is(Fault.Kind.RESET_AT_BYTE)) {
            int passing = passing(fault.map(Fault::afterBytes).orElse(0L), length);
            out.write(bytes, offset, passing);
            out.flush();
            if (passing < length || fault.map(Fault::afterBytes).orElse(0L) == count) {
                reset();
            }
        } else if (is(Fault.Kind.HALF_ANSWER)) {
            int passing = passing(half, length);
            out.write(bytes, offset, passing);
            if (count >= half) {
                end();
            }
        } else if (is(Fault.Kind.SLOW_BODY)) {
            drip(bytes, offset, length);
        } else {
            out.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private int passing(long limit, int length) {
        int passing = (int) Math.min(length, Math.max(0, limit - count));
        count += passing;
        return passing;
    }

    private void drip(byte[] bytes, int offset, int length) throws IOException {
        try {
            for (int i = 0; i < length; i++) {
                out.write(bytes, offset + i, 1);
                out.flush();
                FaultyConnection.pause(fault.orElseThrow().pause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted between two bytes");
        }
    }

    /** Ends the connection with an RST. */
    private void reset() throws IOException {
        client.setSoLinger(true, 0);
        client.close();
        throw new IOException("reset on purpose");
    }

    private void end() throws IOException {
        out.flush();
        client.close();
        throw new IOException("ended on purpose");
    }

    private boolean is(Fault.Kind kind) {
        return fault.filter(given -> given.kind() == kind).isPresent();
    }
}
