/** Calls to nodes as Micrometer observations. The only package that needs Micrometer, which is an optional dependency. */
@NullMarked
package dev.rookery.wings.micrometer;

import org.jspecify.annotations.NullMarked;
