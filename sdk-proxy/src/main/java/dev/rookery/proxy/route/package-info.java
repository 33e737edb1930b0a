/**
 * What is routed where: the one model from which every engine's configuration is made. Start with {@link
 * dev.rookery.proxy.route.HttpRoute}. Values only: nothing here is refused but what cannot be a value at all; what is wrong with a route is
 * found by checking it, all at once.
 */
@NullMarked
package dev.rookery.proxy.route;

import org.jspecify.annotations.NullMarked;
