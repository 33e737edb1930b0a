/** Tests. */
@NullMarked
package dev.rookery.proxy.internal.name;

import org.jspecify.annotations.NullMarked;
