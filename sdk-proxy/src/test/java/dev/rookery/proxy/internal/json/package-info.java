/** Tests. */
@NullMarked
package dev.rookery.proxy.internal.json;

import org.jspecify.annotations.NullMarked;
