/** What every store of the proxy library has to do. Start with {@link dev.rookery.testing.proxy.RouteStoreContract}. */
@NullMarked
package dev.rookery.testing.proxy;

import org.jspecify.annotations.NullMarked;
