/** Tests. */
@NullMarked
package dev.rookery.daemon.internal.quota;

import org.jspecify.annotations.NullMarked;
