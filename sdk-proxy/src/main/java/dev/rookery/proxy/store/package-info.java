/**
 * Where documents are kept: {@link dev.rookery.proxy.store.RouteStore} holds one document as the truth, with all that it was before. Start with {@link
 * dev.rookery.proxy.store.FileRouteStore}.
 */
@NullMarked
package dev.rookery.proxy.store;

import org.jspecify.annotations.NullMarked;
