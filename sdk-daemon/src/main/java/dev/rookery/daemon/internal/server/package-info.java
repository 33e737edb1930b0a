/**
 * The life of one server: {@link dev.rookery.daemon.internal.server.ServerReducer} decides and does nothing else, the actor carries the
 * decisions out. Begin with the reducer.
 */
@NullMarked
package dev.rookery.daemon.internal.server;

import org.jspecify.annotations.NullMarked;
