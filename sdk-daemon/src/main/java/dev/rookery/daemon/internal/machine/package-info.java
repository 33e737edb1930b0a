/** What the node says of the machine it runs on. Begin at {@link dev.rookery.daemon.internal.machine.HostReader}. */
@NullMarked
package dev.rookery.daemon.internal.machine;

import org.jspecify.annotations.NullMarked;
