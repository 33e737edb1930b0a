/** Tests. */
@NullMarked
package dev.rookery.proxy.internal.order;

import org.jspecify.annotations.NullMarked;
