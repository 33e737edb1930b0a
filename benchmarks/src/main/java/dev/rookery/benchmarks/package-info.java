/** Measures the SDK beside what a user would write without it. */
@NullMarked
package dev.rookery.benchmarks;

import org.jspecify.annotations.NullMarked;
