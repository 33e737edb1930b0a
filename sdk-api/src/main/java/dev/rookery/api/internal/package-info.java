/** Not API. */
@NullMarked
package dev.rookery.api.internal;

import org.jspecify.annotations.NullMarked;
