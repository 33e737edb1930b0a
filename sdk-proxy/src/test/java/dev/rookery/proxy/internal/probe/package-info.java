/** Tests. */
@NullMarked
package dev.rookery.proxy.internal.probe;

import org.jspecify.annotations.NullMarked;
