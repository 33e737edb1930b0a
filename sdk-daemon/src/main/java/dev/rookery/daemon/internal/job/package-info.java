/** What has to come to an end whatever happens: installations, and reports to the panel. */
@NullMarked
package dev.rookery.daemon.internal.job;

import org.jspecify.annotations.NullMarked;
