/** Tests. */
@NullMarked
package dev.rookery.proxy;

import org.jspecify.annotations.NullMarked;
