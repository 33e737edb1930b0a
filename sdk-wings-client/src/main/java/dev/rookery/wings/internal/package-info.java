/** Not API. */
@NullMarked
package dev.rookery.wings.internal;

import org.jspecify.annotations.NullMarked;
