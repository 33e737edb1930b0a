/** Tests. */
@NullMarked
package dev.rookery.daemon.internal.file;

import org.jspecify.annotations.NullMarked;
