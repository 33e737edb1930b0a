/**
 * Measures nodes: each figure beside a yardstick of the same run. Begin at {@link dev.rookery.examples.load.measure.LoadCommand}.
 */
@NullMarked
package dev.rookery.examples.load.measure;

import org.jspecify.annotations.NullMarked;
