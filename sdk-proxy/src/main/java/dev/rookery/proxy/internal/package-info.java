/** What several parts of this module use. */
@NullMarked
package dev.rookery.proxy.internal;

import org.jspecify.annotations.NullMarked;
