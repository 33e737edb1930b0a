package dev.rookery.proxy.cloudflare;

/** The end of a program in the middle of something. */
final class Killed extends Error {
    private static final long serialVersionUID = 1L;
}
