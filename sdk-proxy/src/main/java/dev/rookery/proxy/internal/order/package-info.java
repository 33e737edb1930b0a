/** Which route comes before which, the same for every engine. */
@NullMarked
package dev.rookery.proxy.internal.order;

import org.jspecify.annotations.NullMarked;
