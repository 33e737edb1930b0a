/** Tests. */
@NullMarked
package dev.rookery.proxy.internal.check;

import org.jspecify.annotations.NullMarked;
