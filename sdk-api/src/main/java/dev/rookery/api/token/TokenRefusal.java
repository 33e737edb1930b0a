package dev.rookery.api.token;

/** Why a token was refused. */
public enum TokenRefusal {
    /** It is no JWT, or lacks what its purpose needs, or has it in another type. */
    MALFORMED("jwt: malformed token"),
    /** It is not signed with this node's secret by HS256. */
    SIGNATURE("jwt: signature is invalid"),
    /** Its time is over. */
    EXPIRED("jwt: exp claim is invalid"),
    /** It comes from a future that no clock's error explains. */
    NOT_YET_VALID("jwt: iat claim is invalid"),
    /** It would be good for longer than denials are remembered. */
    TOO_LONG("jwt: exp claim is invalid"),
    /** It is for another purpose. */
    SCOPE("jwt: missing connect permission"),
    /** It is for the console, but lacks the permission to connect. */
    NO_CONNECT("jwt: missing connect permission"),
    /** It is for another server. */
    SERVER_MISMATCH("jwt: server uuid mismatch"),
    /** It was taken back, or made before this node started. */
    DENIED("jwt: created too far in past (denylist)"),
    /** It has been used as often as it may be. */
    ALREADY_USED("jwt: token has already been used");

    private final String text;

    TokenRefusal(String text) {
        this.text = text;
    }

    /** Returns the text of the protocol. Source: node API §4.4. */
    public String text() {
        return text;
    }

    /** Returns whether nothing is known about whoever presented it: a Go daemon hides the reason then. */
    public boolean forged() {
        return this == MALFORMED || this == SIGNATURE;
    }
}
