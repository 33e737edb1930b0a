@NullMarked
package dev.rookery.api.internal.regex;

import org.jspecify.annotations.NullMarked;
