@NullMarked
package dev.rookery.daemon.internal.job;

import org.jspecify.annotations.NullMarked;
