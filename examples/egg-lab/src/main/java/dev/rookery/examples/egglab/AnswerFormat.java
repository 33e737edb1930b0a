package dev.rookery.examples.egglab;

/** How a command says what it found out. */
enum AnswerFormat {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON
}
