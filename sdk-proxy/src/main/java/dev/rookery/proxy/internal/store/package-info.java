/** What stores are made of. */
@NullMarked
package dev.rookery.proxy.internal.store;

import org.jspecify.annotations.NullMarked;
