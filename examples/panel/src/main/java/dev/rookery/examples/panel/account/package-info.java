/** Who may log in: passwords, sessions and the limits against guessing. */
@NullMarked
package dev.rookery.examples.panel.account;

import org.jspecify.annotations.NullMarked;
