/**
 * A node runtime as a library: {@link dev.rookery.daemon.Daemon} runs the servers of one node in containers, as its panel says.
 * Begin with {@link dev.rookery.daemon.Daemon#builder}; {@link dev.rookery.daemon.DaemonOptions} holds what can be set.
 */
// The builders here and below use the JDK only: docker-java brings Guava to the class path, and it is not ours to show.
@Value.Style(
        jdkOnly = true,
        allowedClasspathAnnotations = {org.immutables.value.Generated.class, javax.annotation.processing.Generated.class
        })
@NullMarked
package dev.rookery.daemon;

import org.immutables.value.Value;
import org.jspecify.annotations.NullMarked;
