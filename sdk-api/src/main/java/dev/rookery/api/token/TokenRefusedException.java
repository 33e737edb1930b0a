package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.DeniedException;
import org.jspecify.annotations.Nullable;

/** Thrown when a token is not good for what it was presented for. The message is the text of the protocol. */
public final class TokenRefusedException extends DeniedException {

    private static final long serialVersionUID = 1L;

    private final TokenRefusal reason;
    private final String detail;

    /**
     * Creates the exception.
     *
     * @param reason why
     * @param detail what exactly was wrong, for logs; nothing secret
     * @param cause the reason, if another exception is one
     */
    public TokenRefusedException(TokenRefusal reason, String detail, @Nullable Throwable cause) {
        super(reason.text(), cause);
        this.reason = reason;
        this.detail = requireNonNull(detail, "detail");
    }

    TokenRefusedException(TokenRefusal reason, String detail) {
        this(reason, detail, null);
    }

    /** Returns why. */
    public TokenRefusal reason() {
        return reason;
    }

    /** Returns what exactly was wrong, for logs. */
    public String detail() {
        return detail;
    }
}
