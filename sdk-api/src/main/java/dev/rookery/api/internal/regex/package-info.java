/** Not API: regular expressions whose searches end in bounded time. */
@NullMarked
package dev.rookery.api.internal.regex;

import org.jspecify.annotations.NullMarked;
