/** The live console of a server: what it tells, and what can be sent to it. */
@NullMarked
package dev.rookery.api.console;

import org.jspecify.annotations.NullMarked;
