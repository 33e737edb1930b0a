@NullMarked
package dev.rookery.daemon.internal.archive;

import org.jspecify.annotations.NullMarked;
