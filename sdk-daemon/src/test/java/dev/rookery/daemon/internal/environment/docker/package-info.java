@NullMarked
package dev.rookery.daemon.internal.environment.docker;

import org.jspecify.annotations.NullMarked;
