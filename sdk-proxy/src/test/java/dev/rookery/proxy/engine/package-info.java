/** Tests. */
@NullMarked
package dev.rookery.proxy.engine;

import org.jspecify.annotations.NullMarked;
